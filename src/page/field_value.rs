//! What stands on a page a thousand times, given to a template in those fields alone that it may name.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use tera::Value;

/// A field as a template gets it: its name, and what it says of a thing.
pub(super) type Field<T> = (&'static str, fn(&T) -> FieldValue<'_>);

/// What a field says.
pub(super) enum FieldValue<'a> {
    Text(&'a str),
    Flag(bool),
    Number(usize),
    Value(Value),
}

/// A thing in some fields.
struct InFields<'a, T> {
    fields: &'a [Field<T>],
    thing: &'a T,
}

/// A line of a table as its cells are given.
#[derive(Serialize)]
pub(super) struct LineValue<'a> {
    pub(super) id: &'a str,
    pub(super) role: &'a str,
    pub(super) level: usize,
    pub(super) cells: Vec<Value>,
}

impl Serialize for FieldValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            FieldValue::Text(text) => serializer.serialize_str(text),
            FieldValue::Flag(flag) => serializer.serialize_bool(*flag),
            FieldValue::Number(number) => serializer.serialize_u64(*number as u64),
            FieldValue::Value(value) => value.serialize(serializer),
        }
    }
}

impl<T> Serialize for InFields<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("fields", self.fields.len())?;
        for (name, of) in self.fields {
            fields.serialize_field(name, &of(self.thing))?;
        }
        fields.end()
    }
}

/// Those of the fields that a template may name.
pub(super) fn if_used<T>(fields: &[Field<T>], uses: &dyn Fn(&str) -> bool) -> Vec<Field<T>> {
    fields.iter().filter(|(name, _)| uses(&format!(".{name}"))).copied().collect()
}

/// A thing in these fields.
pub(super) fn values<T>(fields: &[Field<T>], thing: &T) -> Value {
    Value::from_serializable(&InFields { fields, thing })
}
