//! Which requests are shown at all (3.4.3): everything else is refused as a whole.

use crate::problem::{MessageDefect, Problem};
use crate::shared::{Options, Shared};
use crate::trust::Look;
use crate::vault::Binding;
use countersign_protocol::id::RequestHash;
use countersign_protocol::issuer::Profile;
use countersign_protocol::keyset::KeySet;
use countersign_protocol::message::Flow;
use countersign_protocol::message::request::{Request, is_return_url, request_hash, return_origin};

/// A request that may be shown, and which one it is.
pub(crate) struct Checked {
    pub request: Request,
    pub hash: RequestHash,
}

/// Verifies a request that arrived by `flow`: signature, server, phone, flow, life, texts, return address.
pub(crate) fn check(
    shared: &Shared,
    binding: &mut Binding,
    text: &str,
    flow: Flow,
    look: &mut Look,
) -> Result<Checked, Problem> {
    let request = shared.open_one_of::<Request>(binding, text, look)?.into_inner();
    if Some(request.aud) != binding.aid {
        return Err(MessageDefect::OtherPhone.into());
    }
    if request.flow != flow {
        return Err(MessageDefect::OtherFlow.into());
    }
    let returns = |binding: &Binding| -> Result<bool, Problem> {
        let keyset = binding.keyset()?;
        Ok(request.ret.as_deref().is_none_or(|url| may_return(&shared.options, &keyset, url)))
    };
    if !returns(binding)? && look.take() {
        // A service that was added since this phone fetched the key set last.
        shared.fetch_keyset(binding)?;
    }
    if !returns(binding)? {
        return Err(MessageDefect::ReturnAddress.into());
    }
    Ok(Checked { request, hash: request_hash(text) })
}

/// Whether a return address is of an origin in the signed key set; http only on loopback in development.
pub(crate) fn may_return(options: &Options, keyset: &KeySet, url: &str) -> bool {
    let Some(origin) = return_origin(url).filter(|_| is_return_url(url)) else { return false };
    let secure = !origin.is_loopback_http() || options.profile == Profile::Development;
    secure && keyset.content().return_origins.iter().any(|known| known == origin.as_str())
}
