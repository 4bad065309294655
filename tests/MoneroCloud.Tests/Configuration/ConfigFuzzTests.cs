using System.Text;
using CsCheck;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigFuzzTests
{
    /// <summary>What often stands in JSON, so that many mutations still parse.</summary>
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e9", "\n", "//", "/*", "*/", "\\ud800", "\\u0000", "\"file:\"", "\"\"", "{}", "[]", "\0", "\ufeff", "é", "--"];

    private static readonly Gen<(int At, int Length, byte[] Insert)> Mutation = Gen.Select(
        Gen.Int[0, 10_000],
        Gen.Int[0, 12],
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Encoding.UTF8.GetBytes(Pieces[i])), Gen.Byte.Array[0, 6]));

    [Fact]
    public void No_mutation_of_a_file_makes_the_reader_throw()
    {
        var folder = new ConfigFolder();
        folder.WriteExampleSecrets();
        folder.Write("agent.json", "");
        Mutation.Array[1, 6].Sample(mutations => Read(folder, mutations) switch
        {
            ConfigResult.Ok => true,
            ConfigResult.Refused refused => refused.Errors.Length > 0 && refused.Errors.All(e => e.Line >= 1 && e.ToString().Length < 2_000),
            _ => false,
        }, iter: 2_000, threads: 1);
    }

    private static ConfigResult Read(ConfigFolder folder, (int At, int Length, byte[] Insert)[] mutations)
    {
        var text = Encoding.UTF8.GetBytes(ConfigExample.Text);
        foreach (var (at, length, insert) in mutations)
        {
            var start = at % text.Length;
            text = [.. text[..start], .. insert, .. text[Math.Min(text.Length, start + length)..], (byte)' '];
        }

        File.WriteAllBytes(folder.File, text);
        return AgentConfigReader.Read(folder.File, folder.Host);
    }
}
