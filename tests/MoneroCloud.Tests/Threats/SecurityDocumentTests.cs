using System.Text.RegularExpressions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>SECURITY.md claims nothing that no test shows: each row of what a thief cannot do names its test, and that test is there.</summary>
public sealed partial class SecurityDocumentTests
{
    private const string Document = "SECURITY.md";

    private static readonly string[] Projects = ["tests/MoneroCloud.Tests", "tests/MoneroCloud.EndToEnd.Tests"];

    private static readonly string Text = File.ReadAllText(GeneratedFile.At(Document));

    private static readonly Dictionary<string, string[]> Sources = Projects.SelectMany(p => Directory.EnumerateFiles(GeneratedFile.At(p), "*Tests.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(g => g.Key, g => g.Select(File.ReadAllText).ToArray());

    /// <summary>Rows of the tables whose last column is the proof.</summary>
    private static string[] Claims { get; } = Rows(Text);

    [Fact]
    public void Each_claim_names_a_test_and_each_test_that_is_named_is_there()
    {
        Assert.InRange(Claims.Length, 30, 200);
        Assert.Empty(Complaints(Claims));
    }

    [Fact]
    public void No_other_test_is_named_that_is_not_there() => Assert.DoesNotContain(Named(Text), test => !IsThere(test));

    [Theory]
    [InlineData("| forge an order | `HostileOrderTests.A_test_that_nobody_wrote` |")]
    [InlineData("| forge an order | `NobodysTests.Forged_changed_repeated_expired_and_readdressed_orders_are_refused` |")]
    [InlineData("| forge an order | `HostileOrderTests.Refused` |")]
    [InlineData("| forge an order | surely not |")]
    public void A_claim_without_its_test_is_found(string row) => Assert.Equal([row], Complaints([row]));

    [Fact]
    public void Each_credential_has_its_place_what_a_thief_can_do_and_how_it_is_replaced()
    {
        var sections = Text.Split("\n### ")[1..];
        Assert.InRange(sections.Length, 10, 20);
        Assert.All(sections, section =>
        {
            var title = section.Split('\n')[0];
            Assert.All(new[] { "**Where.**", "**A thief can**", "**Replaced.**", "| he cannot | shown by |" }, part => Assert.True(section.Contains(part, StringComparison.Ordinal), $"{title} lacks {part}"));
        });
    }

    private static string[] Rows(string text)
    {
        var rows = new List<string>();
        var within = false;
        foreach (var line in text.Split('\n'))
        {
            within = line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith(" shown by |", StringComparison.Ordinal) || (within && line.StartsWith('|'));
            if (within && !line.EndsWith(" shown by |", StringComparison.Ordinal) && !line.StartsWith("|--", StringComparison.Ordinal))
            {
                rows.Add(line);
            }
        }

        return [.. rows];
    }

    private static string[] Complaints(IEnumerable<string> rows) => [.. rows.Where(row => Named(row).ToArray() is var tests && (tests.Length == 0 || !tests.All(IsThere)))];

    private static IEnumerable<string> Named(string text) => TestName().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>A method of that class behind an attribute that makes it a test.</summary>
    private static bool IsThere(string test)
    {
        var (type, method) = test.Split('.') is [var first, var second] ? (first, second) : ("", "");
        var form = new Regex($@"\[(Fact|Theory|SkippableFact)[^\n]*\n(\s*(\[|//|""|\+|\{{|\(|Defect)[^\n]*\n)*?\s*(public|internal) (async )?(Task|void) {Regex.Escape(method)}\(");
        return Sources.GetValueOrDefault(type) is { } sources && sources.Any(source => form.IsMatch(source));
    }

    [GeneratedRegex(@"`([A-Z]\w*Tests\.\w+)`")]
    private static partial Regex TestName();
}
