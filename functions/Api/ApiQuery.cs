using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A request's query: each value within its bounds, or an error that names the parameter, the value and the bound. One nobody knows is an error.</summary>
internal sealed class ApiQuery
{
    private readonly IQueryCollection _query;

    /// <param name="known">All parameters that the endpoint reads.</param>
    public ApiQuery(HttpRequest request, params string[] known)
    {
        _query = request.Query;
        foreach (var name in _query.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            Refuse($"{Short(name)} is no parameter here: {(known.Length == 0 ? "there are none" : string.Join(", ", known))}");
        }
    }

    /// <summary>The first one; null when all is well. Ask after the last value was read.</summary>
    public ApiResponse? Error { get; private set; }

    /// <summary>Null when it is not given.</summary>
    public string? Text(string name)
    {
        if (!_query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values is not [{ Length: > 0 } value])
        {
            Refuse(values.Count > 1 ? $"{name} is given {values.Count} times: once at most" : $"{name} is empty");
            return null;
        }

        return value;
    }

    public IReadOnlyList<string> Texts(string name) => [.. _query[name].OfType<string>()];

    public int Number(string name, int least, int most, int otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse($"{name} is {Short(text)}: a number from {least} to {most}");
        return otherwise;
    }

    public bool Flag(string name)
    {
        switch (Text(name))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            case var text:
                Refuse($"{name} is {Short(text)}: true or false");
                return false;
        }
    }

    /// <summary>By name, in capitals or not.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        Refuse($"{name} is {Short(text)}: one of {string.Join(", ", Enum.GetNames<T>())}");
        return null;
    }

    /// <summary>Null when it is not given.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (text.Length <= 40 && text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time >= DateTimeOffset.UnixEpoch)
        {
            return time;
        }

        Refuse($"{name} is {Short(text)}: a time such as 2026-01-31T12:00:00Z, from 1970 on");
        return null;
    }

    /// <summary>Whom something is about; null when it is not given.</summary>
    public string? Subject(string name)
    {
        var subject = Text(name);
        if (subject is not null && !NodeId.TryParse(subject, out _) && !NodeName.TryParse(subject, out _))
        {
            Refuse($"{name} is {Short(subject)}: the id of a node, agent.name, or the name of an agent");
        }

        return subject;
    }

    public void Refuse(string detail) => Error ??= ApiResponse.Problem(StatusCodes.Status400BadRequest, detail);

    /// <summary>A client's text as it may stand in an answer.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}... ({text.Length} characters)";
}
