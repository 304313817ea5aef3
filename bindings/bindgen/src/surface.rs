//! What the core exports, as a short text that a person reviews: a change of it shows in the diff.

use std::fmt::Write;
use std::path::Path;
use uniffi_bindgen::interface::{
    Argument, AsType, ComponentInterface, Constructor, Enum, Field, Method, Object, Record, Type,
};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, GlobalConfig};

/// The exported types with their members, by kind and name. The error is a sentence for developers.
pub fn surface(library: &Path) -> Result<String, String> {
    let loader = BindgenLoader::new(BindgenPaths::default(), GlobalConfig::default());
    let metadata = loader.load_metadata(crate::text(library)?.into());
    let parts =
        metadata.and_then(|metadata| loader.load_cis(metadata)).map_err(|error| format!("{error:#}"))?;
    Ok(parts.iter().map(of_component).collect())
}

fn of_component(component: &ComponentInterface) -> String {
    let mut kinds = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    for object in component.object_definitions() {
        kinds[usize::from(object.has_callback_interface())].push(of_object(object));
    }
    kinds[2].extend(component.record_definitions().iter().map(of_record));
    for one in component.enum_definitions() {
        kinds[3].push(of_enum(one, component.is_name_used_as_error(one.name())));
    }
    for function in component.function_definitions() {
        kinds[0].push(format!("function {}\n", function.name()));
    }
    for kind in &mut kinds {
        kind.sort();
    }
    kinds.concat().join("\n")
}

fn of_object(object: &Object) -> String {
    let kind = if object.has_callback_interface() { "trait of the shell" } else { "object" };
    let mut text = format!("{kind} {}\n", object.name());
    for constructor in object.constructors() {
        text += &of_constructor(constructor);
    }
    for method in object.methods() {
        text += &of_method(method);
    }
    text
}

fn of_constructor(constructor: &Constructor) -> String {
    let arguments = arguments(&constructor.arguments());
    format!("  new {}({arguments}){}\n", constructor.name(), thrown(constructor.throws_type()))
}

fn of_method(method: &Method) -> String {
    let result = method.return_type().map(|ty| format!(": {}", name(ty))).unwrap_or_default();
    let asynchronous = if method.is_async() { "async " } else { "" };
    let arguments = arguments(&method.arguments());
    format!("  {asynchronous}{}({arguments}){result}{}\n", method.name(), thrown(method.throws_type()))
}

fn thrown(fault: Option<&Type>) -> String {
    fault.map(|fault| format!(" throws {}", name(fault))).unwrap_or_default()
}

fn of_record(record: &Record) -> String {
    let mut text = format!("record {}\n", record.name());
    for field in record.fields() {
        let _ = writeln!(text, "  {}", of_field(field));
    }
    text
}

fn of_enum(one: &Enum, is_error: bool) -> String {
    let mut text = format!("{} {}\n", if is_error { "error" } else { "enum" }, one.name());
    for variant in one.variants() {
        let fields: Vec<_> = variant.fields().iter().map(of_field).collect();
        let fields = if fields.is_empty() { String::new() } else { format!(" {{ {} }}", fields.join(", ")) };
        let _ = writeln!(text, "  {}{fields}", variant.name());
    }
    text
}

fn of_field(field: &Field) -> String {
    format!("{}: {}", field.name(), name(&field.as_type()))
}

fn arguments(arguments: &[&Argument]) -> String {
    let borrowed = |argument: &Argument| if argument.by_ref() { "&" } else { "" };
    let one = |argument: &&Argument| {
        format!("{}: {}{}", argument.name(), borrowed(argument), name(&argument.as_type()))
    };
    arguments.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn name(ty: &Type) -> String {
    match ty {
        Type::Optional { inner_type } => format!("{}?", name(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", name(inner_type)),
        Type::Object { name, .. } | Type::Record { name, .. } | Type::Enum { name, .. } => name.clone(),
        Type::Custom { name: own, builtin, .. } => format!("{own}={}", name(builtin)),
        simple => format!("{simple:?}"),
    }
}
