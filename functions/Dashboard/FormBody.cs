using Microsoft.AspNetCore.Http.Features;

namespace MoneroCloud.Functions;

/// <summary>What a form of ours sends, within bounds; empty where the body is no such form.</summary>
internal static class FormBody
{
    private const int MostBytes = 8 * 1024;

    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is not (> 0 and <= MostBytes) || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return FormCollection.Empty;
        }

        var options = new FormOptions { ValueCountLimit = 16, KeyLengthLimit = 64, ValueLengthLimit = 2_048 };
        try
        {
            return await new FormFeature(request, options).ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>Null where it is missing, empty, or there more than once.</summary>
    public static string? Text(this IFormCollection form, string name) => form[name] is [{ } text] && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
