using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>A JSON value with the line it begins on.</summary>
internal abstract record JsonItem
{
    private JsonItem(int line) => Line = line;

    /// <summary>1-based.</summary>
    public int Line { get; }

    /// <summary>What it is, in the words of a message.</summary>
    public abstract string Noun { get; }

    /// <summary>As a message shows it; null for what is too long to help, and for what would disturb a terminal.</summary>
    public string? Shown => this switch
    {
        Number { Raw.Length: <= 40 } number => number.Raw,
        Text { Value.Length: <= 120 } text when !text.Value.Any(char.IsControl) => $"\"{text.Value}\"",
        _ => null,
    };

    public sealed record Object(ImmutableArray<Member> Members, int Line) : JsonItem(Line)
    {
        public override string Noun => "an object";

        public Member? Find(string name) => Members.FirstOrDefault(m => m.Name == name);
    }

    /// <param name="Line">Of the name, 1-based; 0 with <paramref name="Variable"/>.</param>
    /// <param name="Variable">The environment variable that it came from; null when it stands in the file.</param>
    public sealed record Member(string Name, int Line, JsonItem Value, string? Variable = null);

    public sealed record List(ImmutableArray<JsonItem> Items, int Line) : JsonItem(Line)
    {
        public override string Noun => "a list";
    }

    public sealed record Text(string Value, int Line) : JsonItem(Line)
    {
        public override string Noun => "text";
    }

    /// <param name="Raw">As written.</param>
    public sealed record Number(string Raw, int Line) : JsonItem(Line)
    {
        public override string Noun => "a number";
    }

    public sealed record Truth(bool Value, int Line) : JsonItem(Line)
    {
        public override string Noun => "true or false";
    }

    public sealed record Null(int Line) : JsonItem(Line)
    {
        public override string Noun => "null";
    }
}
