using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>A user's name, for "stopped by": from /etc/passwd, else the number.</summary>
internal static class UserName
{
    private const string Accounts = "/etc/passwd";

    public static string Of(uint user)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        try
        {
            return File.ReadLines(Accounts).Select(l => l.Split(':')).FirstOrDefault(f => f.Length > 2 && f[2] == number)?[0] ?? number;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return number;
        }
    }
}
