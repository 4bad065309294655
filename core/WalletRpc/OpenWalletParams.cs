namespace MoneroCloud.Core;

/// <summary>Not a record: its text must not show the password.</summary>
internal sealed class OpenWalletParams(string filename, string password)
{
    public string Filename { get; } = filename;

    public string Password { get; } = password;
}
