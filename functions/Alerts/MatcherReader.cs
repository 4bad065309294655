using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// From what a client wrote to a matcher. Strict: what is passed over, or can never fit, would be a silence of something else than was meant. Pure.
/// </summary>
internal static class MatcherReader
{
    /// <summary>The longest value, in characters.</summary>
    public const int LongestValue = 100;

    private const string SubjectRule = "a node's id (agent.name), an agent's name or 'monitor', where * stands for any run of characters";
    private const string AgentRule = "an agent's name, or 'remote' for nodes without one, where * stands for any run of characters";

    private static readonly string[] Members = ["subjects", "agents", "conditions", "severities", "kinds", "labels"];

    /// <returns>The matcher; or null, and what is wrong: which value, and what it may be.</returns>
    public static (AlertMatcher? Matcher, string? Problem) Read(AlertMatch? text)
    {
        if (text is null)
        {
            return (null, $"match is missing: {string.Join(", ", Members)}");
        }

        var problems = new List<string>();
        if (text.Unknown is { Count: > 0 } unknown)
        {
            problems.Add($"match.{ApiQuery.Short(unknown.Keys.First())} is not known{Near(unknown.Keys.First(), Members)}");
        }

        var matcher = new AlertMatcher
        {
            Subjects = Texts("subjects", text.Subjects, IsSubject, SubjectRule, problems),
            Agents = Texts("agents", text.Agents, IsAgent, AgentRule, problems),
            Conditions = Names<Condition>("conditions", text.Conditions, problems),
            Severities = Names<AlertSeverity>("severities", text.Severities, problems),
            Kinds = Names<AlertKind>("kinds", text.Kinds, problems),
            Labels = Labels(text.Labels, problems),
        };
        return problems.Count > 0 ? (null, problems[0])
            : matcher.IsEmpty() ? (null, $"match is empty, which would fit every alert: at least one of {string.Join(", ", Members)}; \"subjects\":[\"*\"] where all are meant")
            : (matcher, null);
    }

    private static bool IsSubject(string text) => text.Contains('*', StringComparison.Ordinal)
        ? text.All(c => c is '*' or '.' or '-' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) && text.Count(c => c == '.') <= 1
        : NodeId.TryParse(text, out _) || (NodeName.TryParse(text, out _) && text != NodeId.Remote);

    private static bool IsAgent(string text) => text.Contains('*', StringComparison.Ordinal)
        ? text.All(c => c is '*' or '-' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
        : NodeName.TryParse(text, out _) && text != NodeId.Monitor;

    private static ImmutableArray<string> Texts(string member, ImmutableArray<string>? given, Func<string, bool> isGood, string rule, List<string> problems)
    {
        var values = Bounded(member, given, problems);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null || !isGood(values[i]))
            {
                problems.Add($"match.{member}[{i}] is {ApiQuery.Short(values[i] ?? "null")}: {rule}");
            }
        }

        return [.. values.Distinct()];
    }

    private static ImmutableArray<T> Names<T>(string member, ImmutableArray<string>? given, List<string> problems)
        where T : struct, Enum
    {
        var values = Bounded(member, given, problems);
        var found = new List<T>();
        for (var i = 0; i < values.Length; i++)
        {
            if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(values[i], StringComparison.OrdinalIgnoreCase)) is { } name)
            {
                found.Add(Enum.Parse<T>(name));
                continue;
            }

            var near = Near(values[i] ?? "", Enum.GetNames<T>());
            problems.Add($"match.{member}[{i}] is {ApiQuery.Short(values[i] ?? "null")}{(near.Length > 0 ? near : $": one of {string.Join(", ", Enum.GetNames<T>())}")}");
        }

        return [.. found.Distinct()];
    }

    private static ImmutableSortedDictionary<string, string>? Labels(ImmutableSortedDictionary<string, string>? given, List<string> problems)
    {
        if (given is null)
        {
            return null;
        }

        if (given.Count > AlertMatcher.MostValues)
        {
            problems.Add($"match.labels has {given.Count} labels: {AlertMatcher.MostValues} at most");
        }

        foreach (var (name, value) in given)
        {
            if (TextRule.Problem(NodeShapes.Labels.Key, name) is { } wrong)
            {
                problems.Add($"match.labels.{ApiQuery.Short(name)} {wrong}");
            }
            else if (value is null || value.Length > LongestValue || TextRule.Problem(NodeShapes.Labels.Item, value) is not null)
            {
                problems.Add($"match.labels.{name} is {ApiQuery.Short(value ?? "null")}: at most {LongestValue} characters, without control characters");
            }
        }

        return given.Count == 0 ? null : given;
    }

    /// <summary>No more, and none longer, than is allowed: else none, and a problem.</summary>
    private static ImmutableArray<string> Bounded(string member, ImmutableArray<string>? given, List<string> problems)
    {
        var values = given is { IsDefault: false } some ? some : [];
        if (values.Length > AlertMatcher.MostValues)
        {
            problems.Add($"match.{member} has {values.Length} values: {AlertMatcher.MostValues} at most");
            return [];
        }

        if (values.FirstOrDefault(v => v?.Length > LongestValue) is { } tooLong)
        {
            problems.Add($"match.{member} has a value of {tooLong.Length} characters: {LongestValue} at most");
            return [];
        }

        return values;
    }

    private static string Near(string typed, IEnumerable<string> known) =>
        typed.Length <= LongestValue && NearestKey.Find(typed, known) is { } near ? $"; did you mean {near}?" : "";
}
