//! Which requests are shown at all (3.4.3): everything else is refused as a whole.

use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::vault::Binding;
use countersign_protocol::id::RequestHash;
use countersign_protocol::issuer::Profile;
use countersign_protocol::message::Flow;
use countersign_protocol::message::request::{Request, request_hash, return_origin};

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
) -> Result<Checked, Problem> {
    let request = shared.open_message::<Request>(binding, text)?.into_inner();
    if Some(request.aud) != binding.aid {
        return Err(MessageDefect::OtherPhone.into());
    }
    if request.flow != flow {
        return Err(MessageDefect::OtherFlow.into());
    }
    if !request.ret.as_deref().is_none_or(|url| may_return(shared, binding, url)) {
        return Err(MessageDefect::ReturnAddress.into());
    }
    Ok(Checked { request, hash: request_hash(text) })
}

/// Whether a return address is of an origin in the signed key set; http only on loopback in development.
fn may_return(shared: &Shared, binding: &Binding, url: &str) -> bool {
    let (Some(origin), Ok(keyset)) = (return_origin(url), binding.keyset()) else { return false };
    let secure = !origin.is_loopback_http() || shared.options.profile == Profile::Development;
    secure && keyset.content().return_origins.iter().any(|known| known == origin.as_str())
}
