// The generated bindings and nothing else.

import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    alias(libs.plugins.kotlin.jvm)
}

val workspace = rootDir.parentFile
val generated = workspace.resolve("target")

val generate by tasks.registering(Exec::class) {
    description = "Writes bindings, words and tokens from the Rust workspace. Cargo knows what is up to date."
    workingDir = workspace
    commandLine("sh", "-c", "cargo xtask bindings && cargo xtask strings && cargo xtask tokens")
    outputs.dir(generated.resolve("bindings/kotlin"))
    outputs.dir(generated.resolve("generated"))
    outputs.upToDateWhen { false }
}

sourceSets.main {
    kotlin.srcDir(generate.map { generated.resolve("bindings/kotlin") })
}

dependencies {
    // The app brings it as an .aar, with the libraries for each processor.
    compileOnly(libs.jna)
}

kotlin {
    compilerOptions.jvmTarget = JvmTarget.fromTarget(libs.versions.jvm.get())
}

java {
    targetCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
    sourceCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
}
