using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The operations about incidents, silences and alerts.</summary>
internal static class AlertOperations
{
    private static readonly ApiParameter Incident = ApiParameter.Path("id", "The incident's id");
    private static readonly ApiParameter Subject = ApiParameter.Text("subject", "Only of this node's id, agent's name, or monitor");
    private static readonly ApiParameter By = ApiParameter.Text("by", "Who does it, 1 to 64 visible characters");

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        ApiOperations.Get("/api/incidents", ApiRole.Viewer, "What is wrong, the worst first; what was wrong", ApiJson.Default.IncidentList, "The incidents",
            ApiParameter.Choice("state", "Those that are open, over, or both", ["open", "resolved", "all"], "open"),
            Subject,
            ApiParameter.Time("since", "Of those that are over, only what was opened then or later"),
            ApiParameter.Number("limit", "How many, at most", 1, 500, 100)),
        ApiOperations.Get("/api/incidents/{id}", ApiRole.Viewer, "One incident with its timeline", ApiJson.Default.IncidentDetail, "The incident", Incident),
        OfIncident("POST", "ack", "Somebody sees to it: nobody is reminded until then") with { Body = ApiJson.Default.AckRequest },
        OfIncident("DELETE", "ack", "Take an acknowledgement back", By),
        OfIncident("POST", "resolve", "Close it by hand, also while its subject still fails") with { Body = ApiJson.Default.ResolveRequest },
        ApiOperations.Get("/api/silences", ApiRole.Viewer, "What is not told at present, and why", ApiJson.Default.SilenceList, "The silences"),
        ApiOperations.Do("POST", "/api/silences", "Silence alerts that match", [], Made) with { Body = ApiJson.Default.SilenceRequest, BodyRequired = true },
        ApiOperations.Do("DELETE", "/api/silences/{id}", "End a silence or a maintenance before its time", [ApiParameter.Path("id", "The silence's id"), By],
            new DescribedAnswer(StatusCodes.Status200OK, "It is over", ApiJson.Default.SilenceView)),
        ApiOperations.Do("POST", "/api/maintenance", "Silence a node or an agent that is worked on", [], Made) with { Body = ApiJson.Default.MaintenanceRequest, BodyRequired = true },
        ApiOperations.Get("/api/alerts", ApiRole.Viewer, "What was told, and what is still to be", ApiJson.Default.AlertList, "The alerts",
            Subject,
            ApiParameter.Text("alert", "Only of this alert's id"),
            ApiParameter.Number("limit", "How many, at most", 1, 500, 50)),
        ApiOperations.Do("POST", "/api/alerts/test", "Send a test over one channel", [],
            new DescribedAnswer(StatusCodes.Status202Accepted, "It is on its way; Location says where to look", ApiJson.Default.AlertTestAnswer)) with { Body = ApiJson.Default.AlertTestRequest, BodyRequired = true },
        ApiOperations.Get("/api/refusals", ApiRole.Viewer, "Messages that were not listened to, and why", ApiJson.Default.RefusalList, "The refusals"),
    ];

    private static DescribedAnswer Made => new(StatusCodes.Status201Created, "It holds", ApiJson.Default.SilenceView);

    private static ApiOperation OfIncident(string method, string what, string summary, params ImmutableArray<ApiParameter> parameters) => ApiOperations.Do(
        method, $"/api/incidents/{{id}}/{what}", summary, [Incident, .. parameters], new DescribedAnswer(StatusCodes.Status200OK, "The incident as it is then", ApiJson.Default.IncidentView));
}
