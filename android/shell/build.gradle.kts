// View models over the bindings: plain Kotlin.

import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    alias(libs.plugins.kotlin.jvm)
}

dependencies {
    api(project(":core"))
    api(libs.coroutines.core)
}

kotlin {
    compilerOptions.jvmTarget = JvmTarget.fromTarget(libs.versions.jvm.get())
}

java {
    targetCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
    sourceCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
}
