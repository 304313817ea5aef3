package eu.countersign.ui.gallery

/** Every screen in every state, by the sheets they stand on. */
val gallery: Map<String, List<Picture>> =
    mapOf(
        "pairing" to pairingPictures,
        "home" to homePictures,
        "requests" to requestPictures,
        "account" to accountPictures,
        "phones" to phonePictures,
        "fingerprint" to biometricsPictures,
        "pin" to pinPictures,
        "move" to movePictures,
        "history" to historyPictures,
        "self-test" to selfTestPictures,
        "settings" to settingsPictures,
    )
