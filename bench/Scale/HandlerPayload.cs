using System.Globalization;
using System.Text.Json.Nodes;
using MoneroCloud.Core;

namespace MoneroCloud.Bench;

/// <summary>What the Functions host posts: the members that it was recorded with (docs/decisions/0001-one-binary.md).</summary>
internal static class HandlerPayload
{
    public static JsonObject Timer(string function) => new()
    {
        ["Data"] = new JsonObject { ["timer"] = new JsonObject { ["Schedule"] = new JsonObject { ["AdjustForDST"] = true }, ["ScheduleStatus"] = null, ["IsPastDue"] = false } },
        ["Metadata"] = new JsonObject { ["sys"] = System(function) },
    };

    public static JsonObject Message(string function, BusDelivery message) => new()
    {
        ["Data"] = new JsonObject { ["message"] = Convert.ToBase64String(message.Body.Span) },
        ["Metadata"] = new JsonObject
        {
            ["DeliveryCount"] = message.DeliveryCount.ToString(CultureInfo.InvariantCulture),
            ["EnqueuedTimeUtc"] = (message.EnqueuedAt ?? TimeProvider.System.GetUtcNow()).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
            ["MessageId"] = $"\"{message.MessageId}\"",
            ["sys"] = System(function),
        },
    };

    private static JsonObject System(string function) => new()
    {
        ["MethodName"] = function,
        ["UtcNow"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };
}
