package eu.countersign.ui.theme

/** Sizes of type; digits are tabular where they are shown as numbers. */
object Styles {
    private const val TABULAR = "tnum"

    val number = style(Tokens.Type.number).copy(fontFeatureSettings = TABULAR, letterSpacing = 0.04.em)
    val title = style(Tokens.Type.title).copy(letterSpacing = (-0.01).em, lineBreak = LineBreak.Heading)
    val heading = style(Tokens.Type.heading)
    val body = style(Tokens.Type.body)
    val bold = body.copy(fontWeight = FontWeight.SemiBold)
    val button = style(Tokens.Type.button)
    val row = style(Tokens.Type.row)
    val small = style(Tokens.Type.small)
    val smallBold = small.copy(fontWeight = FontWeight.SemiBold)
    val chip = style(Tokens.Type.chip).copy(fontFeatureSettings = TABULAR)
    val digits = body.copy(fontFeatureSettings = TABULAR)

    private fun style(size: Tokens.Type.Size): TextStyle =
        TextStyle(
            fontSize = size.size,
            lineHeight = size.line,
            fontWeight = FontWeight(size.weight),
        )
}
