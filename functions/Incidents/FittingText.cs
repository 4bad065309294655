using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>An incident as its row's text. Pure.</summary>
internal static class FittingText
{
    /// <summary>
    /// Comments are written by people, in any script, and each of their characters may take six. Where it does not fit, actions of the middle go until it
    /// does: an incident that cannot be written would hold up everything that is stored with it.
    /// </summary>
    public static string Of(Incident incident)
    {
        var text = JsonSerializer.Serialize(incident, CoreJson.Default.Incident);
        while (text.Length > Row.MaxText && incident.Actions.Length > 1)
        {
            incident = incident with { Actions = incident.Actions.RemoveAt((incident.Actions.Length - 1) / 2) };
            text = JsonSerializer.Serialize(incident, CoreJson.Default.Incident);
        }

        return text;
    }
}
