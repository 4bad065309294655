using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class MonitorFuzzTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e9", "\n", "//", "/*", "*/", "\\ud800", "\\u0000", "\"http://\"", "\"\"", "{}", "[]", "\0", "\ufeff", "é", "."];

    private static readonly string[] Names =
        ["Probe__Deadline", "probe__", "Nodes__x", "Listen", "Data", "PublicUrl", "AgentsBus", "Bus__Listen", "Health__Fail", "Alerts__Channels", "Diagnosis__DiskLowShare", "__", "Alerts__Restarted", "Alerts__Remind", "Alerts__RemindFrom", "Alerts__Fallback", "SelfCheck__Quorum", "DeadMan__Url"];

    private static readonly string[] Values =
        ["", "\0", "2s", "9999999999999999999999", "-0", "1e999", "\ud800", "http://[::", "amqp://[1]:0", "[:]:1", "1.1.1.1:1", "true", "/", "../..", "https://h:99999/%"];

    private static readonly Gen<(int At, int Length, byte[] Insert)> Mutation = Gen.Select(
        Gen.Int[0, 10_000],
        Gen.Int[0, 12],
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Encoding.UTF8.GetBytes(Pieces[i])), Gen.Byte.Array[0, 6]));

    private static readonly Gen<(string Name, string Value)> Variable = Gen.Select(
        Gen.OneOf(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Gen.String[0, 12]),
        Gen.OneOf(Gen.Int[0, Values.Length - 1].Select(i => Values[i]), Gen.String[0, 20]));

    [Fact]
    public void No_mutation_of_a_file_and_no_environment_makes_the_reader_throw()
    {
        var folder = new MonitorFolder();
        Gen.Select(Mutation.Array[0, 6], Variable.Array[0, 4]).Sample(
            (mutations, variables) =>
            {
                var all = variables.DistinctBy(v => v.Name).ToImmutableDictionary(v => v.Name, v => v.Value);
                var overrides = SettingVariables.Among(all, MonitorSettings.Shape);
                return MonitorConfigReader.Read(folder.File, Mutated(mutations), overrides, all) switch
                {
                    MonitorConfigResult.Ok ok => ok.Config.Channels.Length > 0,
                    MonitorConfigResult.Refused refused => refused.Errors.Length > 0 && refused.Errors.All(e => (e.Line >= 1) == (e.Variable is null) && e.ToString().Length < 4_000),
                    _ => false,
                };
            },
            iter: 2_000,
            threads: 1);
    }

    private static byte[] Mutated((int At, int Length, byte[] Insert)[] mutations)
    {
        var text = Encoding.UTF8.GetBytes(MonitorExample.Text);
        foreach (var (at, length, insert) in mutations)
        {
            var start = at % text.Length;
            text = [.. text[..start], .. insert, .. text[Math.Min(text.Length, start + length)..], (byte)' '];
        }

        return text;
    }
}
