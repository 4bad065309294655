using System.Collections.Immutable;
using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>A section of a configuration file that is one policy record. Defaults are the record's own.</summary>
internal sealed class PolicyTable<T>(string key, string description, T defaults)
{
    private readonly List<PolicyOption<T>> _options = [];
    private readonly List<Setting> _others = [];
    private readonly List<(Setting Shorter, Setting Longer, Func<T, bool> Holds)> _orders = [];

    public ImmutableArray<Setting> Options => [.. _options.Select(o => o.Setting)];

    public Setting Section => new(key, new ValueShape.Group([.. Options, .. _others]), description);

    /// <summary>The policy of the file; the default where the section is missing.</summary>
    public T Read(ConfigSection file) => ReadSection(file.Group(Section));

    /// <param name="section">Null where it is missing.</param>
    public T ReadSection(ConfigSection? section) => section is null ? defaults : Of(section);

    /// <summary>The policy of a section that may have other settings too.</summary>
    public T Of(ConfigSection section)
    {
        var policy = _options.Aggregate(defaults, (p, option) => option.Apply(section, p));
        foreach (var (shorter, longer, holds) in _orders)
        {
            if (!holds(policy))
            {
                section.Refuse(section.Has(shorter) ? shorter : longer, section.Has(shorter) ? $"is more than {longer.Key}" : $"is less than {shorter.Key}");
            }
        }

        return policy;
    }

    public PolicyTable<T> Duration(string name, string min, string max, Func<T, TimeSpan> get, Func<T, TimeSpan, T> with, string text)
    {
        var shape = new ValueShape.Duration(Bound(min), Bound(max));
        var setting = new Setting(name, shape, text) { Default = $"\"{DurationText.Format(get(defaults))}\"" };
        return Add(setting, (section, policy) => section.Duration(setting) is { } value ? with(policy, value) : policy);
    }

    /// <summary>One whose default is somebody else's.</summary>
    public PolicyTable<T> Duration(string name, string min, string max, string defaultInWords, Func<T, TimeSpan, T> with, string text)
    {
        var setting = new Setting(name, new ValueShape.Duration(Bound(min), Bound(max)), text) { DefaultInWords = defaultInWords };
        return Add(setting, (section, policy) => section.Duration(setting) is { } value ? with(policy, value) : policy);
    }

    /// <param name="get">Null: never.</param>
    public PolicyTable<T> DurationOrNever(string name, string min, string max, Func<T, TimeSpan?> get, Func<T, TimeSpan?, T> with, string text)
    {
        var given = get(defaults);
        var setting = new Setting(name, new ValueShape.Duration(Bound(min), Bound(max)) { OrNever = true }, text)
        {
            Default = $"\"{(given is null ? DurationText.Never : DurationText.Format(given.Value))}\"",
        };
        return Add(setting, (section, policy) => section.Duration(setting) is { } value ? with(policy, value == Timeout.InfiniteTimeSpan ? null : value) : policy);
    }

    /// <param name="words">How each value is written.</param>
    public PolicyTable<T> Word<TValue>(string name, ImmutableArray<(string Text, TValue Value)> words, Func<T, TValue> get, Func<T, TValue, T> with, string text)
        where TValue : struct, Enum
    {
        var given = words.First(w => w.Value.Equals(get(defaults))).Text;
        var setting = new Setting(name, new ValueShape.Choice([.. words.Select(w => w.Text)]), text) { Default = $"\"{given}\"" };
        return Add(setting, (section, policy) => section.Text(setting) is { } value ? with(policy, words.First(w => w.Text == value).Value) : policy);
    }

    public PolicyTable<T> Whole(string name, long min, long max, Func<T, long> get, Func<T, long, T> with, string text)
    {
        var setting = new Setting(name, new ValueShape.Whole(min, max), text) { Default = get(defaults).ToString(CultureInfo.InvariantCulture) };
        return Add(setting, (section, policy) => section.Whole(setting) is { } value ? with(policy, value) : policy);
    }

    public PolicyTable<T> Truth(string name, Func<T, bool> get, Func<T, bool, T> with, string text)
    {
        var setting = new Setting(name, new ValueShape.Truth(), text) { Default = get(defaults) ? "true" : "false" };
        return Add(setting, (section, policy) => section.Truth(setting) is { } value ? with(policy, value) : policy);
    }

    /// <summary>Settings that stand in the section and are read by somebody else.</summary>
    public PolicyTable<T> Beside(params ImmutableArray<Setting> settings)
    {
        _others.AddRange(settings);
        return this;
    }

    public PolicyTable<T> Share(string name, double min, double max, Func<T, double> get, Func<T, double, T> with, string text)
    {
        var setting = new Setting(name, new ValueShape.Share(min, max), text) { Default = get(defaults).ToString(CultureInfo.InvariantCulture) };
        return Add(setting, (section, policy) => section.Share(setting) is { } value ? with(policy, value) : policy);
    }

    /// <summary>Demands that one option is not more than another.</summary>
    public PolicyTable<T> Ordered(string shorter, string longer, Func<T, bool> holds)
    {
        _orders.Add((Named(shorter), Named(longer), holds));
        return this;
    }

    private Setting Named(string name) => Options.First(o => o.Key == name);

    private static TimeSpan Bound(string text) => DurationText.TryParse(text, out var bound) ? bound : throw new FormatException(text);

    private PolicyTable<T> Add(Setting setting, Func<ConfigSection, T, T> apply)
    {
        _options.Add(new PolicyOption<T>(setting, apply));
        return this;
    }
}
