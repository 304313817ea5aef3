//! Types that hold secrets cannot be printed or copied: this file does not compile if one can.

use crate::derive::{OfflineKey, PinEpoch, PinKeys};
use crate::device_key::DeviceKey;
use crate::hwprf::SoftwarePrf;
use crate::pin_entry::PinEntry;
use crate::seal::{Dek, IndexKey, RowKey, VaultKey};
use std::fmt::{Debug, Display};

/// Names a method that two blanket implementations offer as soon as the type has the trait: then the compiler
/// cannot choose, and says so.
macro_rules! must_not_be {
    ($bound:ident: $($secret:ty),+) => {$(
        const _: fn() = || {
            trait Ambiguous<Marker> {
                fn only_one() {}
            }
            struct WhenImplemented;
            impl<T> Ambiguous<()> for T {}
            impl<T: $bound> Ambiguous<WhenImplemented> for T {}
            let _ = <$secret as Ambiguous<_>>::only_one;
        };
    )+};
}

must_not_be!(Debug: PinEntry, PinEpoch, PinKeys, OfflineKey, DeviceKey, SoftwarePrf, VaultKey, RowKey, IndexKey, Dek);
must_not_be!(Display: PinEntry, PinEpoch, PinKeys, OfflineKey, DeviceKey, SoftwarePrf, VaultKey, RowKey, IndexKey, Dek);
must_not_be!(Clone: PinEntry, PinEpoch, PinKeys, OfflineKey, DeviceKey, SoftwarePrf, VaultKey, RowKey, IndexKey, Dek);
