using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node's arguments, and those options among them that the agent understands.</summary>
internal sealed class NodeArguments
{
    private readonly ConfigSection _section;
    private readonly Dictionary<string, GivenOption> _given = [];

    public NodeArguments(ConfigSection section)
    {
        _section = section;
        Texts = section.Texts(NodeSettings.Arguments);
        for (var i = 0; i < Texts.Length; i++)
        {
            Take(Texts[i], i + 1 < Texts.Length ? Texts[i + 1].Value : null);
        }
    }

    public ImmutableArray<ConfigText> Texts { get; }

    /// <summary>Its RPC answers nobody without TLS, so that the agent asks with it.</summary>
    public bool SpeaksTls => Find(ProgramOption.RpcSsl)?.Value == "enabled";

    /// <summary>An option that has a value where it needs one.</summary>
    public GivenOption? Find(string name) => _given.GetValueOrDefault(name);

    public bool Has(string name) => _given.ContainsKey(name);

    public void Refuse(GivenOption given, string message) => _section.Refuse(NodeSettings.Arguments, given.Place.Line, given.Place.Part, message);

    private void Take(ConfigText text, string? next)
    {
        if (!text.Value.StartsWith("--", StringComparison.Ordinal) || text.Value.Length < 3)
        {
            return;
        }

        var equals = text.Value.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text.Value : text.Value[..equals];
        if (ProgramOption.AbbreviatedBy(name) is { } whole)
        {
            Refuse(text, $"{name} is short for {whole.Name}: options must be written in full");
            return;
        }

        if (ProgramOption.Find(name) is not { } option)
        {
            return;
        }

        var following = next is not null && !next.StartsWith("--", StringComparison.Ordinal) ? next : null;
        var value = equals >= 0 ? text.Value[(equals + 1)..] : option.TakesValue ? following : null;
        Keep(new GivenOption(option, value, text));
    }

    private void Keep(GivenOption given)
    {
        var (option, name) = (given.Option, given.Option.Name);
        if (!_given.TryAdd(name, given))
        {
            Refuse(given, $"{name} is given twice");
        }
        else if (option.Refusal is not null)
        {
            Refuse(given, $"{name} {option.Refusal}");
        }
        else if (option.TakesValue && string.IsNullOrEmpty(given.Value))
        {
            Refuse(given, $"{name} has no value");
            _given.Remove(name);
        }
        else if (!option.TakesValue && given.Value is not null)
        {
            Refuse(given, $"{name} takes no value");
        }
    }

    private void Refuse(ConfigText text, string message) => _section.Refuse(NodeSettings.Arguments, text.Line, text.Part, message);
}
