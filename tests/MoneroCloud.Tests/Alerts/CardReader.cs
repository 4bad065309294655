using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace MoneroCloud.Tests.Alerts;

/// <summary>Microsoft's own library for Adaptive Cards, under node: what a host of version 1.2 reads. <c>scripts/test</c> installs it.</summary>
internal static class CardReader
{
    private const string Program = "tests/adaptivecards/read-cards.js";

    public static async Task<ReadCard[]> ReadAsync(IEnumerable<byte[]> messages, CancellationToken cancellation)
    {
        if (!Directory.Exists(GeneratedFile.At("tests/adaptivecards/node_modules/adaptivecards")))
        {
            throw new InvalidOperationException("adaptivecards is missing: npm ci --prefix tests/adaptivecards");
        }

        using var node = Process.Start(new ProcessStartInfo("node", [GeneratedFile.At(Program)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        })!;
        foreach (var message in messages)
        {
            await node.StandardInput.WriteLineAsync(Encoding.UTF8.GetString(message).AsMemory(), cancellation);
        }

        node.StandardInput.Close();
        var answer = await node.StandardOutput.ReadToEndAsync(cancellation);
        await node.WaitForExitAsync(cancellation);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<ReadCard>(l, JsonSerializerOptions.Web)!)];
    }
}
