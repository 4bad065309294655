using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>Reads one connection string; the first fault is kept as a text.</summary>
internal sealed class BusAddressReader(string text)
{
    private const string Endpoint = "Endpoint";
    private const string KeyName = "SharedAccessKeyName";
    private const string Key = "SharedAccessKey";
    private const string Signature = "SharedAccessSignature";
    private const string EntityPath = "EntityPath";
    private const string Emulator = "UseDevelopmentEmulator";
    private const string Certificate = "CertificateSha256";
    private const string Transport = "TransportType";
    private const int MostCharacters = 4096;

    private static readonly string[] Known = [Endpoint, KeyName, Key, Signature, EntityPath, Emulator, Certificate, Transport];

    private readonly Dictionary<string, string> _parts = new(StringComparer.OrdinalIgnoreCase);

    public string Error { get; private set; } = "";

    public BusAddress? Read()
    {
        if (!Split() || ReadEndpoint() is not { } endpoint || ReadCredential() is not { } credential || ReadTransport() is not { } transport)
        {
            return null;
        }

        var port = endpoint.Port > 0 ? endpoint.Port : transport switch
        {
            BusTransport.Tls => BusAddress.TlsPort,
            BusTransport.WebSocket => BusAddress.WebSocketPort,
            _ => BusAddress.TcpPort,
        };
        return new BusAddress(endpoint.IdnHost, port, transport, credential, Part(EntityPath));
    }

    private bool Split()
    {
        if (text.Length is 0 or > MostCharacters)
        {
            return Fail($"the bus's connection string has {text.Length} characters: 1 to {MostCharacters} are allowed");
        }

        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Take(part))
            {
                return false;
            }
        }

        return true;
    }

    private bool Take(string part)
    {
        // Neither the name nor the value of an unknown part is repeated: it may be a piece of a key.
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? null : Array.Find(Known, known => part.AsSpan(0, equals).TrimEnd().Equals(known, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            return Fail($"a part of the bus's connection string is none of NAME=VALUE with the names {string.Join(", ", Known)}");
        }

        return _parts.TryAdd(name, part[(equals + 1)..].Trim()) || Fail($"{name} is there twice in the bus's connection string");
    }

    private Uri? ReadEndpoint()
    {
        const string Rule = "sb://HOST or sb://HOST:PORT, with nothing behind it";
        if (Part(Endpoint) is not { } endpoint)
        {
            return Missing<Uri>(Endpoint, Rule);
        }

        var valid = Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme == "sb" && uri.Host.Length > 0 &&
            uri.UserInfo.Length == 0 && uri.PathAndQuery is "/" or "" && uri!.Fragment.Length == 0 && uri.Port != 0;
        return valid ? uri : Refuse<Uri>(Endpoint, endpoint.Contains('@', StringComparison.Ordinal) ? "..." : endpoint, Rule);
    }

    private BusCredential? ReadCredential()
    {
        if (Part(Signature) is not null)
        {
            return Refuse<BusCredential>(Signature, "...", $"only {KeyName} with {Key} is understood");
        }

        if (Part(KeyName) is not { } name)
        {
            return Missing<BusCredential>(KeyName, "the name of the key's rule");
        }

        if (name.Length > 256 || name.Any(char.IsControl))
        {
            return Refuse<BusCredential>(KeyName, "...", "at most 256 characters, none of them a control character");
        }

        if (Part(Key) is not { } key)
        {
            return Missing<BusCredential>(Key, "the rule's key");
        }

        return key.Contains('\0', StringComparison.Ordinal)
            ? Refuse<BusCredential>(Key, "...", "no zero character")
            : new BusCredential.SharedKey(name, key);
    }

    private BusTransport? ReadTransport()
    {
        var emulator = Part(Emulator) ?? "false";
        if (!bool.TryParse(emulator, out var plain))
        {
            return Refuse<BusTransport>(Emulator, emulator, "true or false");
        }

        if (BusRules.IsWebSocket(Part(Transport)) is not { } webSocket)
        {
            return Refuse<BusTransport>(Transport, Part(Transport)!, BusRules.TransportTypes);
        }

        if (plain && webSocket)
        {
            return Refuse<BusTransport>(Transport, Part(Transport)!, $"not together with {Emulator}=true, which knows no WebSocket");
        }

        return plain ? ReadTcp() : ReadTls(webSocket);
    }

    private BusTransport? ReadTcp() => Part(Certificate) is { } certificate
        ? Refuse<BusTransport>(Certificate, certificate, $"not together with {Emulator}=true, which is without TLS")
        : new BusTransport.Tcp();

    private BusTransport? ReadTls(bool webSocket)
    {
        var pin = Part(Certificate)?.Replace(":", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture);
        if (pin is not null && (pin.Length != 64 || !pin.All(char.IsAsciiHexDigit)))
        {
            return Refuse<BusTransport>(Certificate, pin, "64 hex digits, ':' between them allowed");
        }

        return webSocket ? new BusTransport.WebSocket(pin) : new BusTransport.Tls(pin);
    }

    private string? Part(string name) => _parts.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private T? Missing<T>(string name, string rule)
        where T : class
    {
        Error = $"{name} is missing in the bus's connection string: {rule}";
        return null;
    }

    private T? Refuse<T>(string name, string value, string rule)
        where T : class
    {
        Error = $"{name}={value} in the bus's connection string: {rule}";
        return null;
    }

    private bool Fail(string error)
    {
        Error = error;
        return false;
    }
}
