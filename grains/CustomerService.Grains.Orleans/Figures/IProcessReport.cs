namespace CustomerService.Grains.Orleans.Figures;

/// <summary>What the process around a silo has to say besides: it is carried to whoever asks for the silo's figures, and not read on the way.</summary>
public interface IProcessReport
{
    string Write();
}
