using System.Security.Cryptography;

namespace CustomerService.Staff;

internal static class Ids
{
    /// <summary>A command's id that nobody else has.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
