package eu.countersign.ui.pin

/** The page takes the keys of a keyboard, from its first moment on. */
@Composable
fun Modifier.keyboard(
    keys: Keys,
    enabled: Boolean = true,
): Modifier {
    val focus = remember { FocusRequester() }
    LaunchedEffect(focus) { focus.requestFocus() }
    return focusRequester(focus).then(if (enabled) Modifier.typedInto(keys) else Modifier).focusable()
}
