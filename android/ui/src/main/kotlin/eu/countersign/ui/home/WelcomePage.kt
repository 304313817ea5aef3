package eu.countersign.ui.home

/** The first thing that a person sees (P1). */
@Composable
internal fun WelcomePage(app: App) {
    val words = LocalWords.current
    var explains by remember { mutableStateOf(false) }
    Box {
        Page(
            Bar(brand = true, actions = listOf(BarAction(Icons.settings, words.common.settings) { app.openSettings() })),
            foot = {
                ActionButton(words.welcome.pair, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
                ActionButton(words.welcome.move, ButtonKind.SECONDARY, icon = Icons.swapHoriz) { app.openScanner(moving = true) }
                ActionButton(words.welcome.noAccount, ButtonKind.TEXT) { explains = true }
            },
        ) {
            Box(Modifier.fillMaxWidth().heightIn(min = 220.dp), Alignment.Center) { WelcomePicture() }
            Title(words.welcome.title)
            Paragraph(words.welcome.text)
        }
        if (explains) AccountFirst { explains = false }
    }
}

/** An account comes first, and it is not made here. */
@Composable
private fun AccountFirst(onClose: () -> Unit) {
    val words = LocalWords.current
    Sheet(onClose) {
        Title(words.welcome.noAccountTitle)
        Paragraph(words.welcome.noAccountText(words.common.pathAddPhone), strong = listOf(words.common.pathAddPhone))
        ActionButton(words.common.close, ButtonKind.SECONDARY, onClick = onClose)
    }
}

/** No account is left (A3). */
@Composable
internal fun NoAccountPage(app: App) {
    val words = LocalWords.current
    Page(
        Bar(brand = true, actions = listOf(BarAction(Icons.settings, words.common.settings) { app.openSettings() })),
        centred = true,
        foot = {
            ActionButton(words.welcome.pair, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            ActionButton(words.welcome.move, ButtonKind.SECONDARY, icon = Icons.swapHoriz) { app.openScanner(moving = true) }
        },
    ) {
        BigSign(Icons.keyVertical, Mood.NEUTRAL)
        Title(words.noAccounts.title, centred = true)
        Paragraph(words.noAccounts.text(words.common.pathPhones), strong = listOf(words.common.pathPhones), centred = true)
    }
}
