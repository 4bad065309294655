using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>Makes Service Bus's own tokens (SAS) from a rule's name and key. The key itself never leaves this process.</summary>
internal sealed class SharedKeyTokens(BusCredential.SharedKey key, TimeProvider time) : IBusTokenSource
{
    public Task<BusTokenAnswer> GetAsync(string audience, CancellationToken cancellation) =>
        Task.FromResult<BusTokenAnswer>(new BusTokenAnswer.Given(Make(audience, time.GetUtcNow())));

    private BusToken Make(string audience, DateTimeOffset now)
    {
        // Whole seconds, as in the token.
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + BusRules.SasLifetime).ToUnixTimeSeconds());
        var (place, end) = (Uri.EscapeDataString(audience), expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Key), Encoding.UTF8.GetBytes($"{place}\n{end}")));
        var text = $"SharedAccessSignature sr={place}&sig={Uri.EscapeDataString(signature)}&se={end}&skn={Uri.EscapeDataString(key.Name)}";
        return new BusToken(BusRules.SasToken, text, expires, now + BusRules.SasRenewAfter);
    }
}
