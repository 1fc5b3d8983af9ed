"""Files in and out; the only place that knows edfio, mne and h5py."""
