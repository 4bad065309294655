using System.Text;
using Amqp.Sasl;
using Amqp.Types;

namespace MoneroCloud.Core;

/// <summary>
/// The login of one connection. The bus lists what it takes, what it likes best first (AMQP 1.0 part 5.3.3.1): the first that this credential
/// can do is used, so with a key it is tokens at Service Bus, and name and key at a bus that knows no tokens.
/// </summary>
internal sealed class BusSasl(BusCredential credential) : SaslProfile(BusRules.TokenFollows)
{
    /// <summary>Nothing was shown yet: each queue needs a token.</summary>
    public bool IsByToken => Mechanism != BusRules.Plain;

    protected override bool Match(Symbol mechanism) => (string)mechanism switch
    {
        BusRules.TokenFollows => true,
        BusRules.Plain => credential is BusCredential.SharedKey,
        BusRules.Anonymous => credential is BusCredential.Identity,
        _ => false,
    };

    protected override DescribedList GetStartCommand(string hostname)
    {
        var begin = new SaslInit { Mechanism = Mechanism, HostName = hostname };
        if (!IsByToken && credential is BusCredential.SharedKey key)
        {
            begin.InitialResponse = Encoding.UTF8.GetBytes($"\0{key.Name}\0{key.Key}");
        }

        return begin;
    }

    protected override DescribedList OnCommand(DescribedList command) => null!;

    protected override Amqp.ITransport UpgradeTransport(Amqp.ITransport transport) => transport;
}
