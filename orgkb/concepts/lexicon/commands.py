"""Names of programs that notes about computers show in use."""

from __future__ import annotations

from orgkb.concepts.lexicon.words import word_set

COMMANDS = word_set(
    """
    adb adduser ansible ansible-playbook apk apt apt-cache apt-get aptitude aws awk az bash brew bundle cargo cd chmod
    chown chroot cmake composer conda cp crontab ctr crictl curl dd deluser df dig dmesg dnf docker docker-compose
    docker-machine dpkg dotnet du ebuild echo egrep emacs emerge env esac ffmpeg fdisk flatpak gcc gcloud gdb gem gh
    git gpg gradle grep groupadd gunzip gzip hadoop helm hg htop ifconfig ip6tables iptables ipython jq journalctl jupyter
    k k3s k9s kill killall kubeadm kubectl kustomize ldd ls lsblk lsof lspci lsusb lxc minikube mkdir mkfs
    modprobe mongo mongosh mv mvn mysql mysqldump nano nc netstat nft nginx nmap nohup npm npx nslookup openssl pacman
    passwd pg_dump pg_restore pip pip3 pipenv podman poetry ps psql pv pvcreate pwd pytest python python2 python3 rc-service
    rc-update readlink redis-cli rm rmdir route rpm rsync ruby rustc rustup scp sed setfacl sftp sh skopeo snap sqlite3 ssh
    ssh-keygen strace su sudo svn sysctl systemctl tar tcpdump telnet terraform tmux traceroute tree ufw umount uname unzip
    useradd usermod uv vagrant vgcreate vi vim virsh virtualenv wget whereis xargs yarn yum zcat zip zsh zypper
    """
)

COMMON = word_set(
    """
    at basename cat clear comm cut date diff export expand file find finger fold free go halt head host info install
    java join kill last less link ln locate look make man more mount node open paste perl ping printf read reboot run
    screen script seq service set shutdown sleep sort source split start stat stop tail tee test time top touch tr
    trap type unset uniq uptime wait watch wc which who write yes
    """
)
