using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerService.Staff;

/// <summary>Puts the staff's part into a container that has an <see cref="IGrainClient"/> and an <see cref="IJournal"/>.</summary>
public static class StaffRegistration
{
    /// <param name="key">The system's staff key, at least <see cref="StaffSecrets.KeyLength"/> bytes, the same in all of its processes.</param>
    /// <param name="settings">Null: the defaults.</param>
    /// <param name="hashIterations">How much work a password's hash takes.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public static IServiceCollection AddStaff(this IServiceCollection services, ReadOnlyMemory<byte> key, StaffSettings? settings = null, int hashIterations = Passwords.UsualIterations)
    {
        var secrets = new StaffSecrets(key);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings ?? new StaffSettings());
        services.AddSingleton(secrets);
        services.AddSingleton<IDataProtectionProvider>(secrets);
        services.AddSingleton(_ => new Passwords(hashIterations));
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<AuditNotes>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<StaffRoster>();
        services.AddSingleton<StaffDoor>();
        services.AddSingleton<IStaffDoor>(provider => provider.GetRequiredService<StaffDoor>());
        services.AddSingleton<StaffSignIn>();
        services.AddSingleton<StaffAccounts>();
        services.AddSingleton(provider => new OwnAccount(
            provider.GetRequiredService<StaffDoor>(), provider.GetRequiredService<StaffRoster>(), provider.GetRequiredService<StaffSignIn>(), provider.GetRequiredService<Passwords>(),
            provider.GetRequiredService<SecondFactors>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<StaffSettings>()));
        services.AddSingleton(provider => new ApiTokens(provider.GetRequiredService<IStaffDoor>(), provider.GetRequiredService<StaffRoster>()));
        services.AddSingleton<OutsideSignIn>();
        services.AddSingleton<DemoPeople>();
        return services.AddSingleton<FirstAdministrator>();
    }
}
