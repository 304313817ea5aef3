package eu.countersign.ui.scan

/** What shows the camera's picture; each platform has its own. */
val LocalViewfinder =
    staticCompositionLocalOf<@Composable (ScanModel, torch: Boolean, Modifier) -> Unit> { { _, _, modifier -> Box(modifier) } }

/** The scanner, with a frame and other ways in (P1, P3, S3, S5, A6). */
@Composable
fun ScanScreen(
    app: App,
    scan: ScanModel,
    moving: Boolean,
) {
    val shown by scan.shown.collectAsState()
    val problem = shown.problem
    val camera = app.around.device.permissions().camera
    when {
        problem != null -> ProblemPage(app, problem, LocalWords.current.common.thisServer) { scan.again() }
        camera == false -> CameraRefused(app)
        else -> Viewfinder(app, scan, moving, shown.busy)
    }
}

@Composable
private fun Viewfinder(
    app: App,
    scan: ScanModel,
    moving: Boolean,
    busy: Boolean,
) {
    val words = LocalWords.current
    var light by remember { mutableStateOf(false) }
    var nothing by remember { mutableStateOf(false) }
    val viewfinder = LocalViewfinder.current
    Box(Modifier.fillMaxSize().background(NIGHT)) {
        viewfinder(scan, light, Modifier.fillMaxSize())
        CompositionLocalProvider(LocalContentColor provides Color.White) {
            Column(Modifier.fillMaxSize().safeDrawingPadding()) {
                ScanBar { app.back() }
                ScanHint(if (busy) words.scanner.opening else if (moving) words.scanner.textMove else words.scanner.text)
                Box(Modifier.weight(1f).fillMaxWidth().heightIn(min = 200.dp), Alignment.Center) { Corners(words.spoken.cameraLooking) }
                if (nothing) ScanHint(words.scanner.nothingToPaste)
                Ways(light, { light = !light }, { nothing = scan.paste() == null }) { app.openTyped() }
                Box(Modifier.padding(20.dp)) {
                    ActionButton(words.scanner.cannotScan, ButtonKind.SECONDARY, icon = Icons.help) { app.openTyped() }
                }
            }
        }
    }
}

@Composable
private fun ScanBar(onClose: () -> Unit) {
    val words = LocalWords.current
    Row(
        Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(horizontal = 6.dp),
        Arrangement.spacedBy(8.dp),
        Alignment.CenterVertically,
    ) {
        IconButton(Icons.close, words.common.close, onClose)
        Text(
            words.scanner.title,
            Modifier.semantics {
                heading()
                paneTitle = words.scanner.title
            },
            style = Styles.heading,
        )
    }
}

@Composable
private fun ScanHint(text: String) {
    Text(
        text,
        Modifier
            .fillMaxWidth()
            .padding(horizontal = 24.dp, vertical = 8.dp)
            .semantics { liveRegion = LiveRegionMode.Polite },
        Color.White,
        style = Styles.body,
        textAlign = TextAlign.Center,
    )
}

@Composable
private fun Ways(
    light: Boolean,
    onLight: () -> Unit,
    onPaste: () -> Unit,
    onType: () -> Unit,
) {
    val words = LocalWords.current
    FlowRow(
        Modifier.fillMaxWidth().padding(horizontal = 12.dp),
        Arrangement.SpaceEvenly,
        Arrangement.spacedBy(8.dp),
    ) {
        Round(Icons.flashlightOn, words.scanner.light, if (light) words.spoken.lightOn else words.spoken.lightOff, onLight)
        Round(Icons.contentPaste, words.scanner.pasteLink, words.scanner.pasteLink, onPaste)
        Round(Icons.keyboard, words.scanner.typeCode, words.scanner.typeCode, onType)
    }
}

@Composable
private fun Round(
    icon: ImageVector,
    label: String,
    spoken: String,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    Column(
        Modifier
            .widthIn(min = 88.dp)
            .focusRing(interaction, 24.dp)
            .clickable(interaction, null, role = Role.Button, onClick = onClick)
            .semantics { contentDescription = spoken },
        Arrangement.spacedBy(6.dp),
        Alignment.CenterHorizontally,
    ) {
        Box(
            Modifier
                .size(60.dp)
                .clip(CircleShape)
                .background(DEEP)
                .border(2.dp, Color.White, CircleShape),
            Alignment.Center,
        ) { Sign(icon, Color.White) }
        Text(label, Modifier.clearAndSetSemantics {}, Color.White, style = Styles.smallBold)
    }
}

/** Four corners around the place for the code. */
@Composable
private fun Corners(spoken: String) {
    Canvas(Modifier.size(220.dp).semantics { contentDescription = spoken }) {
        val (arm, wide) = 44.dp.toPx() to 5.dp.toPx()
        for (x in listOf(0f, size.width)) {
            for (y in listOf(0f, size.height)) {
                val (inX, inY) = (if (x == 0f) arm else -arm) to (if (y == 0f) arm else -arm)
                drawLine(Color.White, Offset(x, y), Offset(x + inX, y), wide, StrokeCap.Round)
                drawLine(Color.White, Offset(x, y), Offset(x, y + inY), wide, StrokeCap.Round)
            }
        }
    }
}

@Composable
private fun CameraRefused(app: App) {
    val words = LocalWords.current
    Page(
        Bar(back = BarAction(Icons.arrowBack, words.common.back) { app.back() }),
        centred = true,
        foot = {
            ActionButton(words.cameraRefused.openSettings, ButtonKind.PRIMARY, icon = Icons.settings) {
                app.around.device.open(SystemPage.CAMERA)
            }
            ActionButton(words.cameraRefused.pairWithout, ButtonKind.SECONDARY) { app.openTyped() }
        },
    ) {
        BigSign(Icons.noPhotography, Mood.NEUTRAL)
        Title(words.cameraRefused.title, centred = true)
        Paragraph(words.cameraRefused.text, centred = true)
    }
}

private val NIGHT = Color(0xFF171D1D)
private val DEEP = Color(0xFF0A1011)
