// What the core expects of every key store: runs on a phone as platform's instrumented test.

import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    alias(libs.plugins.kotlin.jvm)
}

dependencies {
    api(project(":core"))
    implementation(libs.kotlin.test)
}

kotlin {
    compilerOptions.jvmTarget = JvmTarget.fromTarget(libs.versions.jvm.get())
}

java {
    targetCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
    sourceCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
}
