namespace MoneroCloud.Functions;

/// <summary>A kind of rows that is exported.</summary>
/// <param name="Prefix">How its keys begin.</param>
/// <param name="Name">As people call it.</param>
/// <param name="PlaceOf">Where its contents say that it belongs; null where they cannot be read as one.</param>
internal sealed record ExportedKind(string Prefix, string Name, Func<Row, RowKey?> PlaceOf);
