using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Reads which wallet a node must have open: <c>wallet</c> with <c>--wallet-dir</c>, or <c>--wallet-file</c>, where the program opens it by itself.
/// </summary>
internal sealed class WalletReader(ConfigSection section, NodeArguments arguments, string folder, SecretReader secrets)
{
    private static readonly string[] Modes = [ProgramOption.WalletDir, ProgramOption.WalletFile, ProgramOption.GenerateFromJson];

    public DeclaredWallet Read(NodeKind kind)
    {
        if (kind == NodeKind.Daemon)
        {
            if (section.Has(NodeSettings.Wallet))
            {
                section.RefuseUnshown(NodeSettings.Wallet, "a daemon has no wallet");
            }

            return DeclaredWallet.None;
        }

        var given = Modes.Select(arguments.Find).OfType<GivenOption>().ToArray();
        if (given.Length > 1)
        {
            arguments.Refuse(given[1], $"{given[1].Option.Name} cannot be combined with {given[0].Option.Name}");
            return DeclaredWallet.None;
        }

        var wallet = section.Group(NodeSettings.Wallet);
        foreach (var setting in new[] { NodeSettings.WalletFolder, NodeSettings.WalletAtStart }.Where(s => wallet?.Has(s) == true))
        {
            wallet!.RefuseUnshown(setting, "belongs to a watched node; of the agent's own the arguments tell it");
        }

        return arguments.Find(ProgramOption.WalletFile) is { } file ? FromFile(file.Value!, wallet) : FromFolder(wallet, given.Length > 0);
    }

    private DeclaredWallet FromFolder(ConfigSection? wallet, bool hasMode)
    {
        var directory = arguments.Find(ProgramOption.WalletDir)?.Value;
        if (wallet is null && !hasMode && !arguments.Has(ProgramOption.ConfigFile))
        {
            section.RefuseUnshown(NodeSettings.Arguments, $"{ProgramOption.WalletDir} or {ProgramOption.WalletFile} is missing: the program does not start without");
        }

        if (wallet is null)
        {
            return DeclaredWallet.None;
        }

        if (directory is null)
        {
            section.RefuseUnshown(NodeSettings.Wallet, $"needs {ProgramOption.WalletDir} among the arguments");
        }

        var file = Required(wallet, NodeSettings.WalletFile);
        var password = Required(wallet, NodeSettings.WalletPassword) is { } source ? Password(wallet, source) : null;
        return directory is not null && file is not null && password is not null
            ? new DeclaredWallet(new WalletConfig(file, password, Path.GetFullPath(directory, folder)), false, null)
            : DeclaredWallet.None;
    }

    private DeclaredWallet FromFile(string file, ConfigSection? wallet)
    {
        var full = Path.GetFullPath(file, folder);
        var name = Path.GetFileNameWithoutExtension(full) is var bare && full.EndsWith(".keys", StringComparison.Ordinal) ? bare : Path.GetFileName(full);
        if (wallet?.Text(NodeSettings.WalletFile) is { } declared && declared != name)
        {
            wallet.Refuse(NodeSettings.WalletFile, $"is not the wallet of {ProgramOption.WalletFile}, {name}; leave it out");
        }

        var password = wallet is not null && wallet.Has(NodeSettings.WalletPassword) ? DeclaredPassword(wallet) : GivenPassword();
        if (password is null)
        {
            return DeclaredWallet.None;
        }

        var added = arguments.Has(ProgramOption.PasswordFile) ? null : password.Source[SecretSource.File.Length..];
        return new DeclaredWallet(new WalletConfig(name, password, Path.GetDirectoryName(full) ?? "/"), true, added);
    }

    private Secret? DeclaredPassword(ConfigSection wallet)
    {
        if (arguments.Find(ProgramOption.PasswordFile) is { } given)
        {
            arguments.Refuse(given, $"{ProgramOption.PasswordFile} and wallet.password say the same; keep one");
            return null;
        }

        if (wallet.Text(NodeSettings.WalletPassword) is not { } source)
        {
            return null;
        }

        if (source.StartsWith(SecretSource.File, StringComparison.Ordinal))
        {
            return Password(wallet, source);
        }

        wallet.RefuseUnshown(NodeSettings.WalletPassword, $"must be a file: with {ProgramOption.WalletFile}, the program reads it itself");
        return null;
    }

    private Secret? GivenPassword()
    {
        if (arguments.Find(ProgramOption.PasswordFile) is not { Value: { } file } given)
        {
            if (!arguments.Has("--password"))
            {
                section.RefuseUnshown(NodeSettings.Wallet, $"{ProgramOption.WalletFile} needs wallet.password, or {ProgramOption.PasswordFile} among the arguments");
            }

            return null;
        }

        var password = SecretReader.FromFile(Path.GetFullPath(file, folder), out var problem);
        if (problem is not null)
        {
            arguments.Refuse(given, $"{ProgramOption.PasswordFile}: {problem}");
        }

        return password;
    }

    private Secret? Password(ConfigSection wallet, string source)
    {
        var password = secrets.Read(source, out var problem);
        if (problem is not null)
        {
            wallet.RefuseUnshown(NodeSettings.WalletPassword, problem);
        }

        return password;
    }

    private static string? Required(ConfigSection wallet, Setting setting)
    {
        if (!wallet.Has(setting))
        {
            wallet.RefuseUnshown(setting, "is missing");
        }

        return wallet.Text(setting);
    }
}
