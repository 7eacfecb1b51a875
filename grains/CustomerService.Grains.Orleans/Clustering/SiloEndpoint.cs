using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>Where the others reach a silo.</summary>
internal sealed record SiloEndpoint(IPAddress Address, int SiloPort, int ClientPort)
{
    /// <summary>Whether the silo listens at all of the machine's addresses.</summary>
    public bool ListensEverywhere => !IPAddress.IsLoopback(Address);

    /// <exception cref="AddressInUseException">Somebody listens at one of the ports.</exception>
    public static SiloEndpoint Of(ClusterSettings settings)
    {
        var address = settings.Advertise ?? (settings.Redis is not { } redis || RedisUrl.IsLoopback(redis) ? IPAddress.Loopback : MachinesFirst());
        var endpoint = new SiloEndpoint(address, settings.SiloPort, settings.ClientPort);
        var listening = endpoint.ListensEverywhere ? IPAddress.Any : address;
        // Both are held at once, so that they differ.
        using var silo = new FreePort(listening, settings.SiloPort);
        using var client = new FreePort(listening, settings.ClientPort);
        return endpoint with { SiloPort = silo.Number, ClientPort = client.Number };
    }

    /// <summary>The first address, IPv4 before IPv6, of an interface that is up and leads elsewhere.</summary>
    private static IPAddress MachinesFirst() => (
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
        from address in network.GetIPProperties().UnicastAddresses
        where !IPAddress.IsLoopback(address.Address) && !address.Address.IsIPv6LinkLocal
        orderby address.Address.AddressFamily == AddressFamily.InterNetwork descending
        select address.Address).FirstOrDefault() ?? IPAddress.Loopback;

    /// <summary>
    /// A port that nobody else has. Orleans' own listeners share theirs with whoever asks: a second silo at one port would start, and the others would take
    /// it for the first one started again, which they would end.
    /// </summary>
    private sealed class FreePort : IDisposable
    {
        private readonly TcpListener listener;

        public FreePort(IPAddress address, int asked)
        {
            listener = new TcpListener(address, asked);
            try
            {
                listener.Start();
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                listener.Dispose();
                throw new AddressInUseException($"Port {asked} is in use already.", fault);
            }

            Number = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        public int Number { get; }

        public void Dispose() => listener.Dispose();
    }
}
