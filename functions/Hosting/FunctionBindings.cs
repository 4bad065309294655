using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>
/// Reads the bindings of one function.json. What this program does not know is refused and not ignored, for the Functions host would act on it
/// and the standalone host would not.
/// </summary>
internal static class FunctionBindings
{
    public static bool TryRead(
        JsonElement root, IReadOnlyDictionary<string, string> schedules, out TriggerBinding? trigger, out string error)
    {
        trigger = null;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("bindings"u8, out var bindings) ||
            bindings.ValueKind != JsonValueKind.Array || bindings.GetArrayLength() == 0)
        {
            error = "bindings is missing: an array with the function's trigger";
            return false;
        }

        if (root.EnumerateObject().FirstOrDefault(member => member.Name != "bindings") is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            error = $"{unknown.Name} is not known here: bindings alone is";
            return false;
        }

        var first = new BindingMembers(bindings[0], "bindings[0]");
        trigger = first.Text("type") switch
        {
            "timerTrigger" => Timer(first, schedules),
            "serviceBusTrigger" => Bus(first),
            "httpTrigger" => Http(first),
            var other => first.Refuse("type", other, "timerTrigger, serviceBusTrigger or httpTrigger"),
        };
        error = first.Error ?? OthersError(trigger, bindings) ?? "";
        return error.Length == 0;
    }

    private static TriggerBinding? Timer(BindingMembers binding, IReadOnlyDictionary<string, string> schedules)
    {
        binding.Only("type", "direction", "name", "schedule");
        binding.Require("direction", "in");
        var schedule = binding.Text("schedule");
        if (schedule is ['%', .. var name, '%'])
        {
            return schedules.TryGetValue(name, out var value)
                ? new TriggerBinding.Timer(binding.Name(), value)
                : binding.Refuse("schedule", schedule, $"a schedule, or one of {string.Join(", ", schedules.Keys.Order(StringComparer.Ordinal).Select(key => $"%{key}%"))}");
        }

        return new TriggerBinding.Timer(binding.Name(), binding.NoSetting("schedule", schedule));
    }

    private static TriggerBinding.Bus Bus(BindingMembers binding)
    {
        binding.Only("type", "direction", "name", "queueName", "connection", "dataType");
        binding.Require("direction", "in");
        binding.Require("connection", Core.Names.ServiceBusSetting);
        // Any other has the host decode, encode and overwrite: a signed body must come byte for byte.
        binding.Require("dataType", "binary");
        return new TriggerBinding.Bus(binding.Name(), binding.NoSetting("queueName", binding.Text("queueName")));
    }

    private static TriggerBinding? Http(BindingMembers binding)
    {
        binding.Only("type", "direction", "name", "authLevel", "methods", "route");
        binding.Require("direction", "in");
        // The program authenticates by itself, in both modes alike.
        binding.Require("authLevel", "anonymous");
        binding.Texts("methods");
        var route = binding.Text("route");
        return HttpRoutes.All.Contains(route)
            ? new TriggerBinding.Http(route)
            : binding.Refuse("route", route, $"one of {string.Join(", ", HttpRoutes.All)}: any other could reach a trigger");
    }

    /// <summary>An http function has one output more, with the one name for which the host also records the invocation as succeeded.</summary>
    private static string? OthersError(TriggerBinding? trigger, JsonElement bindings)
    {
        if (trigger is not TriggerBinding.Http)
        {
            return bindings.GetArrayLength() == 1 ? null : "bindings[1] is not known here: the trigger alone is, for the program sends by itself";
        }

        if (bindings.GetArrayLength() != 2)
        {
            return "bindings needs exactly two for an httpTrigger: it, and the output of type http";
        }

        var output = new BindingMembers(bindings[1], "bindings[1]");
        output.Only("type", "direction", "name");
        output.Require("type", "http");
        output.Require("direction", "out");
        output.Require("name", "res");
        return output.Error;
    }
}
