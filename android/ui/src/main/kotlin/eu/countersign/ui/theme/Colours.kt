package eu.countersign.ui.theme

import androidx.compose.runtime.Immutable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.Color

/** The roles of design/tokens.json. Screens name roles, never colours. */
@Immutable
data class Colours(
    val bg: Color,
    val surface: Color,
    val surface2: Color,
    val surface3: Color,
    val line: Color,
    val outline: Color,
    val text: Color,
    val text2: Color,
    val primary: Color,
    val primaryPress: Color,
    val onPrimary: Color,
    val focus: Color,
    val mark2: Color,
    val primarySoft: Soft,
    val success: Soft,
    val warning: Soft,
    val danger: Soft,
    val info: Soft,
    val onDanger: Color,
) {
    /** A sign's colour, its soft ground, and the text on that ground. */
    @Immutable
    data class Soft(
        val sign: Color,
        val ground: Color,
        val text: Color,
    )
}

/** Roles by day. */
val LightColours =
    with(Tokens.Light) {
        Colours(
            bg = bg,
            surface = surface,
            surface2 = surface2,
            surface3 = surface3,
            line = line,
            outline = outline,
            text = text,
            text2 = text2,
            primary = primary,
            primaryPress = primaryPress,
            onPrimary = onPrimary,
            focus = focus,
            mark2 = mark2,
            primarySoft = Colours.Soft(primary, primarySoft, onPrimarySoft),
            success = Colours.Soft(success, successSoft, onSuccessSoft),
            warning = Colours.Soft(warning, warningSoft, onWarningSoft),
            danger = Colours.Soft(danger, dangerSoft, onDangerSoft),
            info = Colours.Soft(info, infoSoft, onInfoSoft),
            onDanger = onDanger,
        )
    }

/** Roles by night. */
val DarkColours =
    with(Tokens.Dark) {
        Colours(
            bg = bg,
            surface = surface,
            surface2 = surface2,
            surface3 = surface3,
            line = line,
            outline = outline,
            text = text,
            text2 = text2,
            primary = primary,
            primaryPress = primaryPress,
            onPrimary = onPrimary,
            focus = focus,
            mark2 = mark2,
            primarySoft = Colours.Soft(primary, primarySoft, onPrimarySoft),
            success = Colours.Soft(success, successSoft, onSuccessSoft),
            warning = Colours.Soft(warning, warningSoft, onWarningSoft),
            danger = Colours.Soft(danger, dangerSoft, onDangerSoft),
            info = Colours.Soft(info, infoSoft, onInfoSoft),
            onDanger = onDanger,
        )
    }

/** The roles in use. */
val LocalColours = staticCompositionLocalOf { LightColours }
