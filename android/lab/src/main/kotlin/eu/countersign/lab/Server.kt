package eu.countersign.lab

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path

/** The real server with a fresh folder on a free port of loopback, and a service with all scopes. */
class Server : AutoCloseable {
    private val folder: Path = Files.createTempDirectory("countersign-kotlin")
    private val process: Process = run("serve", "--listen", "127.0.0.1:0", "--lab").start()
    private val ready = process.inputReader().readLine() ?: error("the server ended: ${log()}")
    private val http = HttpClient.newHttpClient()
    private val secret = addService()

    /** Where it listens. */
    val base = member(ready, "ready")

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

    /** Starts a push sign-in, as a service does for its browser. */
    fun signIn(account: String): SignIn {
        val started =
            post(
                "/sign-ins",
                """{"method":"push","kind":"login","text":[],"factors":["pin"],"first_factor":true,"recognised":false,
                "browser":{"ip":"203.0.113.7","agent":"Firefox on Windows","place":"Brussels, BE"},
                "account":"$account"}""",
            )
        return SignIn(member(started, "tid"), member(started, "number"))
    }

    /** The state of a sign-in, as the service sees it. */
    fun stateOf(signIn: SignIn): String = member(send("GET", "/sign-ins/${signIn.tid}", null), "state")

    override fun close() {
        process.destroyForcibly().waitFor()
        folder.toFile().deleteRecursively()
    }

    private fun addService(): String {
        val origin = "https://grants.example.eu"
        val scopes = "accounts,enrol,sign-in"
        val add =
            run("service", "add", SERVICE, "--origin", origin, "--return-origin", origin, "--scope", scopes).start()
        return member(add.inputReader().readText(), "secret")
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
    ): String {
        val publisher = body?.let(HttpRequest.BodyPublishers::ofString) ?: HttpRequest.BodyPublishers.noBody()
        val request =
            HttpRequest
                .newBuilder(URI("$base/backend/v1$path"))
                .header("Authorization", "Bearer $secret")
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build()
        val answer = http.send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() in 200..299) { "$method $path: ${answer.statusCode()} ${answer.body()}\n${log()}" }
        return answer.body()
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

        /** A text member of a JSON object. */
        private fun member(
            json: String,
            name: String,
        ): String = Regex("\"$name\"\\s*:\\s*\"([^\"]*)\"").find(json)?.groupValues?.get(1) ?: error("no $name in $json")
    }
}
