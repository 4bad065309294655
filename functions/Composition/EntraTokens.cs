using Azure;
using Azure.Core;
using Azure.Identity;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Tokens of an identity of Microsoft Entra, good for every queue where it has a role. The credential keeps them; this asks for one in time.</summary>
internal sealed class EntraTokens(TokenCredential credential) : IBusTokenSource
{
    private const int MostCharacters = 200;

    private static readonly TokenRequestContext Request = new([BusRules.EntraScope]);

    public async Task<BusTokenAnswer> GetAsync(string audience, CancellationToken cancellation)
    {
        try
        {
            var token = await credential.GetTokenAsync(Request, cancellation);
            return new BusTokenAnswer.Given(new BusToken(BusRules.EntraToken, token.Token, token.ExpiresOn, token.ExpiresOn - BusRules.EntraRenewBefore));
        }
        catch (Exception exception) when (exception is AuthenticationFailedException or RequestFailedException)
        {
            return new BusTokenAnswer.Failed($"{exception.GetType().Name}: {FirstLine(exception.Message)}");
        }
    }

    private static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length <= MostCharacters ? line.ToString() : line[..MostCharacters].ToString();
    }
}
