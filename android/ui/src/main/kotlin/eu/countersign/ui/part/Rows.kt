package eu.countersign.ui.part

/** A row of a list: the whole row is the target. */
@Composable
fun ListRow(
    title: String,
    icon: ImageVector? = null,
    hint: String? = null,
    danger: Boolean = false,
    iconColour: Color? = null,
    trailing: (@Composable () -> Unit)? = null,
    onClick: (() -> Unit)? = null,
) {
    val colours = LocalColours.current
    val interaction = remember { MutableInteractionSource() }
    val tap =
        if (onClick == null) {
            Modifier.semantics(mergeDescendants = true) {}
        } else {
            Modifier.clickable(interaction, null, role = Role.Button, onClick = onClick)
        }
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(interaction, 8.dp)
            .then(tap)
            .heightIn(min = if (hint == null) 54.dp else 60.dp)
            .padding(horizontal = 16.dp, vertical = 10.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        val ink = if (danger) colours.danger.sign else colours.text
        if (icon != null) Sign(icon, iconColour ?: if (danger) ink else colours.text2)
        Column(Modifier.weight(1f)) {
            Text(title, color = ink, style = Styles.bold)
            if (hint != null) Text(hint, color = colours.text2, style = Styles.small)
        }
        trailing?.invoke()
    }
}

/** The sign of a row that leads on. */
@Composable
fun Onward() = Sign(Icons.chevronRight, LocalColours.current.text2)

/** A row with a switch: the row switches. */
@Composable
fun SwitchRow(
    title: String,
    icon: ImageVector,
    on: Boolean,
    hint: String? = null,
    enabled: Boolean = true,
    onChange: (Boolean) -> Unit,
) {
    val colours = LocalColours.current
    val interaction = remember { MutableInteractionSource() }
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(interaction, 8.dp)
            .toggleable(on, interaction, null, enabled, Role.Switch, onChange)
            .heightIn(min = 60.dp)
            .padding(horizontal = 16.dp, vertical = 10.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        Sign(icon, colours.text2)
        Column(Modifier.weight(1f)) {
            Text(title, style = Styles.bold)
            if (hint != null) Text(hint, color = colours.text2, style = Styles.small)
        }
        Switch(on, onCheckedChange = null, enabled = enabled)
    }
}
