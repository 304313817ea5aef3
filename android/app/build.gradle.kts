// The APK: manifest, resources, the Rust library for each processor.

plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.compose)
}

val workspace: File = rootDir.parentFile
val abis = listOf("arm64-v8a", "armeabi-v7a", "x86_64")

android {
    namespace = "eu.countersign.app"
    compileSdk = libs.versions.compile.sdk.get().toInt()
    ndkVersion = libs.versions.ndk.get()

    defaultConfig {
        applicationId = "eu.countersign.app"
        minSdk = libs.versions.min.sdk.get().toInt()
        targetSdk = libs.versions.target.sdk.get().toInt()
        versionCode = 1
        versionName = "0.1.0"
        manifestPlaceholders["linkHost"] = providers.gradleProperty("countersign.linkHost").get()
        ndk.abiFilters += abis
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
            // Nothing of the place or the moment of the build goes in.
            vcsInfo.include = false
        }
    }

    // An encrypted list for a store, different in each build.
    dependenciesInfo {
        includeInApk = false
        includeInBundle = false
    }

    compileOptions {
        sourceCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
        targetCompatibility = JavaVersion.toVersion(libs.versions.jvm.get())
    }

    buildFeatures {
        compose = true
    }

    androidResources {
        localeFilters += listOf("en", "fr")
    }

    packaging {
        // Loaded where they lie, on pages of 16 KB.
        jniLibs.useLegacyPackaging = false
        resources.excludes += "META-INF/**/*.version"
    }

    sourceSets.named("main") {
        // App name and notification words, of the catalogue.
        res.directories.add(workspace.resolve("target/generated/android/res").path)
    }
}

/** `cargo ndk` for each processor. Cargo knows what is up to date. */
abstract class CargoNdk : DefaultTask() {
    @get:Inject
    abstract val processes: ExecOperations

    @get:Internal
    abstract val workspace: DirectoryProperty

    @get:Input
    abstract val processors: ListProperty<String>

    @get:Input
    abstract val lowestApi: Property<String>

    @get:Input
    abstract val sdk: Property<String>

    @get:OutputDirectory
    abstract val libraries: DirectoryProperty

    @TaskAction
    fun build() {
        val root = workspace.get().asFile
        val targets = processors.get().flatMap { listOf("--target", it) }
        processes.exec {
            workingDir = root
            environment("ANDROID_NDK_HOME", sdk.get())
            // A stable cargo takes phone-std.toml only so (docs/adr/0007).
            environment("RUSTC_BOOTSTRAP", "1")
            commandLine(
                listOf("cargo", "ndk", "--platform", lowestApi.get()) + targets +
                    listOf("--output-dir", libraries.get().asFile.path, "build", "--locked", "--package", "countersign-ffi") +
                    listOf("--profile", "phone", "--config", "bindings/phone.toml", "--config", "bindings/phone-std.toml"),
            )
        }
    }
}

val cargoNdk by tasks.registering(CargoNdk::class) {
    outputs.upToDateWhen { false }
    workspace = rootDir.parentFile
    processors = abis
    lowestApi = libs.versions.min.sdk
    sdk = androidComponents.sdkComponents.ndkDirectory.map { it.asFile.path }
}

androidComponents.onVariants { variant ->
    variant.sources.jniLibs?.addGeneratedSourceDirectory(cargoNdk, CargoNdk::libraries)
}

tasks.named("preBuild") {
    dependsOn(":core:generate")
}

dependencies {
    implementation(project(":platform"))
    implementation(project(":ui"))
    implementation(libs.activity.compose)
    implementation(libs.coroutines.android)
    implementation(libs.lifecycle.runtime.compose)
    implementation(variantOf(libs.jna) { artifactType("aar") })
}
