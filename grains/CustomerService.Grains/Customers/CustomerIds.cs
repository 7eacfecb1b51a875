using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Grains.Customers;

/// <summary>Ids of customers whom nobody registered: they follow from the address, so the same address is always the same customer.</summary>
public static class CustomerIds
{
    /// <summary><c>c-</c> and 16 hexadecimal digits.</summary>
    public static string ForAddress(string channel, string address) => ForKey(Grain.Address(channel, address).Key);

    internal static string ForKey(string addressKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(addressKey), hash);
        return "c-" + Convert.ToHexStringLower(hash[..8]);
    }
}
