// Android's adapters. Their instrumented test is the key store's contract, on a phone.

plugins {
    alias(libs.plugins.android.library)
}

android {
    namespace = "eu.countersign.platform"
    compileSdk = libs.versions.compile.sdk.get().toInt()

    defaultConfig {
        minSdk = libs.versions.min.sdk.get().toInt()
        testInstrumentationRunner = "androidx.test.runner.AndroidJUnitRunner"
    }

    compileOptions {
        sourceCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
        targetCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
    }
}

dependencies {
    api(project(":shell"))
    implementation(libs.coroutines.android)

    androidTestImplementation(project(":keystoretest"))
    androidTestImplementation(libs.androidx.test.runner)
    androidTestImplementation(libs.junit4)
    androidTestImplementation(variantOf(libs.jna) { artifactType("aar") })
}
