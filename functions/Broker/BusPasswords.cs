using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Passwords on the embedded broker: each user's is derived from one secret, so that enrolling an agent again gives the same and none is
/// kept. Whoever has one cannot make another's.
/// </summary>
internal sealed class BusPasswords(string secret)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public string Of(string user) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(user)));

    /// <summary>Who it is; null when the password is not the user's. It is compared in constant time.</summary>
    public BrokerUser? Login(string user, string password)
    {
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(Of(user)));
        return CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(password))) ? UserOf(user) : null;
    }

    private static BrokerUser? UserOf(string user) =>
        user == BrokerUser.Monitor.Name ? BrokerUser.Monitor
        : user.StartsWith(BrokerUser.AgentName(default), StringComparison.Ordinal) && NodeName.TryParse(user[BrokerUser.AgentName(default).Length..], out var agent) ? BrokerUser.Agent(agent)
        : null;
}
