using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Which nodes a client asks for. Pure.</summary>
internal sealed record NodeFilter(NodeName? Agent, HealthState? State, Condition? Condition, IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    public const int MostLabels = 16;

    public static NodeFilter Read(ApiQuery query) => new(AgentOf(query), query.Choice<HealthState>("state"), query.Choice<Condition>("condition"), LabelsOf(query));

    public bool Takes(NodeView node) =>
        (Agent is null || node.Agent == Agent.Value.ToString())
        && (State is null || node.State == State)
        && (Condition is null || node.Condition == Condition)
        && Labels.All(l => node.Labels is { } labels && labels.TryGetValue(l.Key, out var value) && value == l.Value);

    private static NodeName? AgentOf(ApiQuery query)
    {
        if (query.Text("agent") is not { } text)
        {
            return null;
        }

        if (!NodeName.TryParse(text, out var name))
        {
            query.Refuse($"agent is {ApiQuery.Short(text)}: {NodeName.Rule}");
        }

        return name;
    }

    private static List<KeyValuePair<string, string>> LabelsOf(ApiQuery query)
    {
        var texts = query.Texts("label");
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var text in texts.Take(MostLabels))
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is var at && at < 1)
            {
                query.Refuse($"label is {ApiQuery.Short(text)}: it has to be key=value");
                return labels;
            }

            labels.Add(new(text[..at], text[(at + 1)..]));
        }

        if (texts.Count > MostLabels)
        {
            query.Refuse($"label is given {texts.Count} times: {MostLabels} at most");
        }

        return labels;
    }
}
