//! What stands on a page a thousand times, told to a template in those fields alone that it may name.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use tera::Value;

/// A field as a template gets it: its name, and what it says of a thing.
pub(super) type Field<T> = (&'static str, fn(&T) -> Said<'_>);

/// What a field says.
pub(super) enum Said<'a> {
    Text(&'a str),
    Flag(bool),
    Number(usize),
    Value(Value),
}

/// A thing in some fields.
struct Told<'a, T> {
    fields: &'a [Field<T>],
    thing: &'a T,
}

/// A line of a table whose cells are told.
#[derive(Serialize)]
pub(super) struct ToldLine<'a> {
    pub(super) id: &'a str,
    pub(super) role: &'a str,
    pub(super) level: usize,
    pub(super) cells: Vec<Value>,
}

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Said::Text(text) => serializer.serialize_str(text),
            Said::Flag(flag) => serializer.serialize_bool(*flag),
            Said::Number(number) => serializer.serialize_u64(*number as u64),
            Said::Value(value) => value.serialize(serializer),
        }
    }
}

impl<T> Serialize for Told<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut told = serializer.serialize_struct("told", self.fields.len())?;
        for (name, of) in self.fields {
            told.serialize_field(name, &of(self.thing))?;
        }
        told.end()
    }
}

/// Those of the fields that a template may name.
pub(super) fn asked<T>(fields: &[Field<T>], asks: &dyn Fn(&str) -> bool) -> Vec<Field<T>> {
    fields.iter().filter(|(name, _)| asks(&format!(".{name}"))).copied().collect()
}

/// A thing told in these fields.
pub(super) fn told<T>(fields: &[Field<T>], thing: &T) -> Value {
    Value::from_serializable(&Told { fields, thing })
}
