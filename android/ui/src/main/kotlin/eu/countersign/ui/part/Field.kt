package eu.countersign.ui.part

/** A field for a line of text, with its label above and its hint or error below. */
@Composable
fun Field(
    label: String,
    value: String,
    hint: String? = null,
    error: String? = null,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
    onChange: (String) -> Unit,
) {
    val colours = LocalColours.current
    val interaction = remember { MutableInteractionSource() }
    val focused by interaction.collectIsFocusedAsState()
    val border = if (error != null) colours.danger.sign else if (focused) colours.primary else colours.outline
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(label, Modifier.clearAndSetSemantics {}, style = Styles.bold)
        BasicTextField(
            value,
            onChange,
            Modifier.fillMaxWidth().semantics { contentDescription = label },
            textStyle = Styles.body.copy(color = colours.text),
            keyboardOptions = keyboard,
            singleLine = true,
            interactionSource = interaction,
            cursorBrush = SolidColor(colours.primary),
            decorationBox = { inner ->
                Box(
                    Modifier
                        .heightIn(min = 52.dp)
                        .clip(SHAPE)
                        .background(colours.surface)
                        .border(if (focused) 3.dp else 2.dp, border, SHAPE)
                        .padding(horizontal = 14.dp, vertical = 12.dp),
                    Alignment.CenterStart,
                ) { inner() }
            },
        )
        if (error != null) ErrorLine(error) else if (hint != null) Hint(hint)
    }
}

private val SHAPE = RoundedCornerShape(10.dp)
