using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The pieces of the dashboard's pages. All that is not ours goes through <see cref="Text"/>.</summary>
internal static class Html
{
    public const string End = "</body></html>\n";

    /// <param name="title">Not escaped yet.</param>
    /// <param name="head">Of our own.</param>
    public static void Begin(StringBuilder page, string title, string head = "") => page.Append(
        CultureInfo.InvariantCulture,
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">{head}<title>{Text(title)}</title><link rel=\"stylesheet\" href=\"/dashboard/style.css\"></head><body><h1>{Text(title)}</h1>");

    /// <summary>Escaped, and what would turn a line's direction is not in it.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(ShownText.Printable(text));

    public static string Time(DateTimeOffset at) => Words.Time(at);

    /// <summary>An incident's page.</summary>
    /// <param name="id">As it is stored, or anything.</param>
    public static string Link(string id, string text) => $"<a href=\"{DashboardAccess.Incidents}/{Uri.EscapeDataString(id)}\">{text}</a>";
}
