// The key store of a computer. No phone has it; Android Studio shows it beside the others.

import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    alias(libs.plugins.kotlin.jvm)
}

dependencies {
    api(project(":core"))
}

kotlin {
    compilerOptions.jvmTarget = JvmTarget.fromTarget(libs.versions.jvm.get())
}

java {
    targetCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
    sourceCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
}
