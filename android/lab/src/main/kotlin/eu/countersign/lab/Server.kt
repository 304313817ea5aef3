package eu.countersign.lab

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path

/** The real server with a fresh folder on a free port of loopback, a service with all scopes, and these [options]. */
class Server(
    private vararg val options: String,
) : AutoCloseable {
    private val folder: Path = Files.createTempDirectory("countersign-kotlin")
    private var running = Running("127.0.0.1:0")
    private val http = HttpClient.newHttpClient()
    private val secret = addService()

    /** Where it listens. */
    val base = running.base

    /** Makes an account and gives its id. */
    fun addAccount(email: String): String = member(post("/accounts", """{"email":"$email"}"""), "account")

    /** Starts an enrolment. */
    fun enrol(account: String): Enrolment {
        val made = post("/enrolments", """{"account":"$account","same_device":false,"typed":false}""")
        return Enrolment(member(made, "eid"), member(made, "link"))
    }

    /** Types the code that the phone shows. */
    fun confirm(
        enrolment: Enrolment,
        code: String,
    ) {
        post("/enrolments/${enrolment.eid}/confirm", """{"code":"$code"}""")
    }

    /** Starts a push sign-in, as a service does for its browser; with [rows] it is a transaction. */
    fun signIn(
        account: String,
        rows: Map<String, String> = emptyMap(),
        factors: String = "\"pin\"",
    ): SignIn {
        val kind = if (rows.isEmpty()) "login" else "sign"
        val text = rows.entries.joinToString { """{"l":"${it.key}","t":"${it.value}"}""" }
        val started =
            post(
                "/sign-ins",
                """{"method":"push","kind":"$kind","text":[$text],"factors":[$factors],$BROWSER,"account":"$account"}""",
            )
        return SignIn(member(started, "tid"), member(started, "number"))
    }

    /** Starts a sign-in whose frames are scanned, and gives its name; for [account], or for whoever scans. */
    fun qrSignIn(account: String? = null): String {
        val whose = account?.let { ""","account":"$it"""" }.orEmpty()
        return member(post("/sign-ins", """{"method":"qr",$LOGIN,$BROWSER$whose}"""), "tid")
    }

    /** The frame that the page shows now. */
    fun frame(tid: String): String = member(send("GET", "/sign-ins/$tid/frame", null), "qr")

    /** Starts a sign-in in the browser of the phone itself: its name, and the link that the button opens. */
    fun linkSignIn(account: String): Pair<String, String> {
        val body = """{"method":"link",$LOGIN,$BROWSER,"account":"$account","return_url":"$ORIGIN/back"}"""
        val started = post("/sign-ins", body)
        return member(started, "tid") to member(started, "link")
    }

    /** Starts a sign-in for a phone without network: its name, and what its QR code says. */
    fun offlineSignIn(account: String): Pair<String, String> {
        val started = post("/sign-ins", """{"method":"offline",$LOGIN,$BROWSER,"account":"$account"}""")
        return member(started, "tid") to member(started, "qr")
    }

    /** Types the eight digits that the phone shows. */
    fun typeCode(
        tid: String,
        code: String,
    ): String = member(post("/sign-ins/$tid/code", """{"code":"$code"}"""), "state")

    /** While it is away: stopped, and afterwards started again where it was, over the same database. */
    fun <T> away(during: () -> T): T {
        running.stop()
        return try {
            during()
        } finally {
            running = Running(base.substringAfter("://"))
        }
    }

    /** The operator removes the only phone of an account. */
    fun removePhone(account: String) {
        val phones = send("GET", "/accounts/$account/phones", null)
        operate("account", "revoke-phone", account, member(phones, "ref"))
    }

    /** Moves the clock of the server. */
    fun advance(seconds: Long) {
        lab("POST", "/lab/clock", """{"advance":$seconds}""")
    }

    /** Sets members of its policy. */
    fun policy(json: String) {
        lab("PUT", "/lab/policy", json)
    }

    /** The operator chooses a member of the policy while it runs. */
    fun choose(
        name: String,
        value: String,
    ) = operate("policy", "set", name, value)

    /** The operator takes that back. */
    fun unset(name: String) = operate("policy", "unset", name)

    /** The state of a sign-in, as the service sees it. */
    fun stateOf(signIn: SignIn): String = stateOf(signIn.tid)

    /** The state of a sign-in, as the service sees it. */
    fun stateOf(tid: String): String = member(send("GET", "/sign-ins/$tid", null), "state")

    override fun close() {
        running.stop()
        folder.toFile().deleteRecursively()
    }

    private fun addService(): String {
        val scopes = "accounts,enrol,sign-in"
        val add =
            run("service", "add", SERVICE, "--origin", ORIGIN, "--return-origin", ORIGIN, "--scope", scopes).start()
        return member(add.inputReader().readText(), "secret")
    }

    /** A command beside the running server, which looks for what was changed whenever its clock is touched. */
    private fun operate(vararg arguments: String) {
        check(run(*arguments).start().waitFor() == 0) { log() }
        advance(0)
    }

    private fun run(vararg arguments: String): ProcessBuilder {
        val binary = System.getProperty("countersign.binary")
        val data = folder.resolve("data").toString()
        return ProcessBuilder(binary, *arguments, "--data", data, "--json")
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
    }

    private fun post(
        path: String,
        body: String,
    ): String = send("POST", path, body)

    private fun send(
        method: String,
        path: String,
        body: String?,
    ): String = ask(method, "/backend/v1$path", body, secret)

    private fun lab(
        method: String,
        path: String,
        body: String?,
    ): String = ask(method, path, body, running.labSecret)

    private fun ask(
        method: String,
        path: String,
        body: String?,
        bearer: String,
    ): String {
        val publisher = body?.let(HttpRequest.BodyPublishers::ofString) ?: HttpRequest.BodyPublishers.noBody()
        val request =
            HttpRequest
                .newBuilder(URI("$base$path"))
                .header("Authorization", "Bearer $bearer")
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build()
        val answer = http.send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() in 200..299) { "$method $path: ${answer.statusCode()} ${answer.body()}\n${log()}" }
        return answer.body()
    }

    /** The process that listens. */
    private inner class Running(
        listen: String,
    ) {
        private val process: Process = run("serve", "--listen", listen, "--lab", *options).start()
        private val ready = process.inputReader().readLine() ?: error("the server ended: ${log()}")

        val base = member(ready, "ready")
        val labSecret = member(ready, "lab_secret")

        fun stop() {
            process.destroyForcibly().waitFor()
        }
    }

    private fun log(): String = folder.resolve("log").toFile().readText()

    /** A pairing as the service that started it knows it. */
    data class Enrolment(
        val eid: String,
        val link: String,
    )

    /** A sign-in as the browser shows it. */
    data class SignIn(
        val tid: String,
        val number: String,
    ) {
        /** Another number than the right one. */
        val wrongNumber: String = number.dropLast(1) + (number.last().digitToInt() + 1) % 10
    }

    companion object {
        /** Name of the service. */
        const val SERVICE = "Grants Portal"

        /** Its web address. */
        const val ORIGIN = "https://grants.example.eu"

        private const val LOGIN = """"kind":"login","text":[],"factors":["pin"]"""
        private const val BROWSER =
            """"first_factor":true,"recognised":false,
            "browser":{"ip":"203.0.113.7","agent":"Firefox on Windows","place":"Brussels, BE"}"""

        /** A text member of a JSON object. */
        private fun member(
            json: String,
            name: String,
        ): String = Regex("\"$name\"\\s*:\\s*\"([^\"]*)\"").find(json)?.groupValues?.get(1) ?: error("no $name in $json")
    }
}
