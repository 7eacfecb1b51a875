using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>Where the others reach a silo.</summary>
internal sealed record SiloEndpoint(IPAddress Address, int SiloPort, int ClientPort)
{
    public static SiloEndpoint Of(ClusterSettings settings)
    {
        var address = settings.Advertise ?? (settings.Redis is not { } redis || RedisUrl.IsLoopback(redis) ? IPAddress.Loopback : MachinesFirst());
        // Both are held at once, so that they differ.
        using var silo = new FreePort(address, settings.SiloPort);
        using var client = new FreePort(address, settings.ClientPort);
        return new SiloEndpoint(address, silo.Number, client.Number);
    }

    /// <summary>The first address, IPv4 before IPv6, of an interface that is up and leads elsewhere.</summary>
    private static IPAddress MachinesFirst() => (
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
        from address in network.GetIPProperties().UnicastAddresses
        where !IPAddress.IsLoopback(address.Address) && !address.Address.IsIPv6LinkLocal
        orderby address.Address.AddressFamily == AddressFamily.InterNetwork descending
        select address.Address).FirstOrDefault() ?? IPAddress.Loopback;

    private sealed class FreePort : IDisposable
    {
        private readonly TcpListener? listener;

        public FreePort(IPAddress address, int asked)
        {
            Number = asked;
            if (asked != 0)
                return;
            listener = new TcpListener(address, 0);
            listener.Start();
            Number = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        public int Number { get; }

        public void Dispose() => listener?.Dispose();
    }
}
