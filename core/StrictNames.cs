using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>An enum by its names alone: a number in a text is no value of it.</summary>
internal sealed class StrictNames<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
